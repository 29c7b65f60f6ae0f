using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using VideoGen.Api.Authentication;
using VideoGen.Api.Pipeline;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Media;

/// <summary>Serves a stored file that the caller may read, with validators and byte ranges (RFC 9110 §13, §14).</summary>
internal static class MediaDelivery
{
    /// <summary>A file opened as a page may show itself but run nothing, and has no access to this origin.</summary>
    private const string OnlyShown =
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    /// <summary>Serves the file, or the problem of <paramref name="whyMissingAsync"/> if it does not exist.</summary>
    public static async Task ServeAsync(
        HttpContext context, MediaLinks links, CrossOrigin origins, IMediaStore media, MediaKind kind, string name,
        Func<Task<ProblemHttpResult>> whyMissingAsync)
    {
        if (await media.OpenAsync(kind, name, context.RequestAborted) is not { } content)
        {
            await (await whyMissingAsync()).ExecuteAsync(context);
            return;
        }

        IgnoreOtherUnits(context.Request.Headers);
        var headers = context.Response.Headers;
        headers.CacheControl = $"{(links.ArePrivate ? "private" : "public")}, max-age=31536000, immutable";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.ContentSecurityPolicy = OnlyShown;
        origins.AllowMedia(headers);

        var type = name.EndsWith(".mp4", StringComparison.Ordinal) ? "video/mp4" : "image/jpeg";
        var tag = new EntityTagHeaderValue($"\"{content.ETag}\"");
        var modified = content.LastModified;
        IResult file = content.PhysicalPath is { } path
            ? TypedResults.PhysicalFile(path, type, null, modified, tag, enableRangeProcessing: true)
            : TypedResults.Stream(
                new AskedPart(content, context.Response), type, null, modified, tag, enableRangeProcessing: true);
        try
        {
            await file.ExecuteAsync(context);
        }
        catch (FileNotFoundException) when (!context.Response.HasStarted)
        {
            // The file was deleted or expired after it was opened.
            context.Response.Clear();
            await (await whyMissingAsync()).ExecuteAsync(context);
            return;
        }

        // The response is a problem now, without the type and lifetime of the video.
        if (context.Response.StatusCode is StatusCodes.Status412PreconditionFailed or StatusCodes.Status416RangeNotSatisfiable)
        {
            headers.CacheControl = headers.ContentType = default;
            headers.ContentLength = null;
        }
    }

    /// <summary>RFC 9110 §14.2: ignore a range in an unknown unit. The framework reads every unit as bytes.</summary>
    private static void IgnoreOtherUnits(IHeaderDictionary headers)
    {
        if (headers.Range.Count > 0 && !headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            headers.Remove(HeaderNames.Range);
        }
    }
}
