using VideoGen.FakeVideos.Books;
using VideoGen.FakeVideos.Jobs;

namespace VideoGen.FakeVideos.Videos;

/// <summary>
/// Hands a video out, whole and with ranges, and enters it when it has gone out to its end; or cuts it in the middle.
/// </summary>
internal sealed class VideoDelivery(string path, string? id, bool isCut) : IResult
{
    private const string Mp4 = "video/mp4";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (isCut)
        {
            await CutAsync(httpContext);
            return;
        }

        await Results.File(path, Mp4, $"{id ?? "video"}.mp4", enableRangeProcessing: true).ExecuteAsync(httpContext);
        await httpContext.Response.CompleteAsync();
        if (IsWhole(httpContext))
        {
            var services = httpContext.RequestServices;
            var known = id is null ? null : services.GetRequiredService<JobStore>()
                .Update(id, job => job with { IsFetched = true }, null, BookEvent.Fetched);
            if (known is null)
            {
                services.GetRequiredService<VideosBooks>().Add(BookEvent.Fetched, id, note: Path.GetFileName(path));
            }
        }
    }

    /// <summary>All of it, or its last part: <c>Content-Range: bytes 5000-9999/10000</c>.</summary>
    private static bool IsWhole(HttpContext context) => !context.RequestAborted.IsCancellationRequested
        && context.Response.StatusCode switch
        {
            200 => true,
            206 => context.Response.GetTypedHeaders().ContentRange is { To: { } to, Length: { } length } && to == length - 1,
            _ => false,
        };

    private async Task CutAsync(HttpContext context)
    {
        var video = await File.ReadAllBytesAsync(path, context.RequestAborted);
        context.Response.ContentType = Mp4;
        context.Response.ContentLength = video.Length;
        await context.Response.Body.WriteAsync(video.AsMemory(0, video.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
