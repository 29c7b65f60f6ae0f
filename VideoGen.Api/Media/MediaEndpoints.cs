using Microsoft.Net.Http.Headers;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.Pipeline;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Media;

/// <summary>Serves pictures and videos, with validators and byte ranges (RFC 9110 §13, §14).</summary>
internal static class MediaEndpoints
{
    /// <summary>A file opened as a page may show itself but run nothing, and has no access to this origin.</summary>
    private const string OnlyShown =
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapMedia(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/uploads/{name}", Methods, GetUploadAsync)
            .Documented("getUpload", "Returns a character picture", "image/jpeg");
        app.MapMethods("/videos/{name}", Methods, GetVideoAsync)
            .Documented("getVideo", "Returns a video or its poster", "video/mp4", "image/jpeg");
    }

    private static Task GetUploadAsync(
        HttpContext context, string name, IMediaStore media, MediaLinks links, CrossOrigin origins) =>
        ServeAsync(context, links, origins, media, MediaKind.Upload, name);

    private static Task GetVideoAsync(
        HttpContext context, string name, IMediaStore media, MediaLinks links, CrossOrigin origins) =>
        ServeAsync(context, links, origins, media, MediaKind.Video, name);

    private static async Task ServeAsync(
        HttpContext context, MediaLinks links, CrossOrigin origins, IMediaStore media, MediaKind kind, string name)
    {
        var isAdmitted = links.Admit(context, name);
        if (!isAdmitted || await media.OpenAsync(kind, name, context.RequestAborted) is not { } content)
        {
            var problem = isAdmitted
                ? await MissingMedia.WhyAsync(context, kind, name)
                : Problem.ForStatus(StatusCodes.Status404NotFound);
            await problem.ExecuteAsync(context);
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
            await (await MissingMedia.WhyAsync(context, kind, name)).ExecuteAsync(context);
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

    private static void Documented(
        this RouteHandlerBuilder route, string name, string summary, string type, params string[] more) =>
        route.WithMetadata(new OpenToLinks()).WithName(name).WithTags("Media").WithSummary(summary)
            .WithDescription("A file never changes. Supports Range, If-Range and If-None-Match. On servers with API keys, the "
                + "signed URLs in the responses of this API work without a key.")
            .Produces<Stream>(StatusCodes.Status200OK, type, more)
            .Produces<Stream>(StatusCodes.Status206PartialContent, type, more)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(404, 410, 412, 416)
            .DisableRequestTimeout();    // the minimum data rate applies instead
}
