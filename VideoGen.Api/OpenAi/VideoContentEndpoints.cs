using System.ComponentModel;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.Media;
using VideoGen.Api.Pipeline;
using VideoGen.Grains.Media;

namespace VideoGen.Api.OpenAi;

/// <summary>Serves a video or its poster at the address of the video, without a redirect.</summary>
internal static class VideoContentEndpoints
{
    public static void MapVideoContent(this IEndpointRouteBuilder routes) => routes
        .MapGet("/videos/{id}/content", GetAsync)
        .Documented("getVideoContent", "Returns the video or its poster", "Supports Range, If-Range and If-None-Match.")
        .Produces<Stream>(StatusCodes.Status200OK, "video/mp4", "image/jpeg")
        .Produces<Stream>(StatusCodes.Status206PartialContent, "video/mp4", "image/jpeg")
        .Produces(StatusCodes.Status304NotModified)
        .ProducesErrors(400, 401, 404, 412, 416, 503)
        .DisableRequestTimeout();    // the minimum data rate applies instead

    private static async Task GetAsync(
        HttpContext context, [Description(VideoEndpoints.IdDescription)] string id,
        [Description("video (the default) or thumbnail.")] string? variant, IGrainFactory grains, IMediaStore media,
        MediaLinks links, CrossOrigin origins)
    {
        var problem = variant is null or "" or "video" or "thumbnail"
            ? null
            : VideoProblem.Invalid("variant", "variant must be video or thumbnail.");
        var own = problem is null ? await VideoEndpoints.FindAsync(context, grains, id) : null;
        problem ??= own is null ? Problem.GenerationNotFound() : VideoProblem.NoContent(context.Response, own.Found);
        if (problem is not null || own!.Found.Film is not { } film)
        {
            await (problem ?? VideoProblem.Expired(own!.Found)).ExecuteAsync(context);
            return;
        }

        var name = variant is "thumbnail" ? film.Poster : film.Video;
        await MediaDelivery.ServeAsync(context, links, origins, media, MediaKind.Video, name, async () =>
            await own.Grain.GetAsync() is { } now ? VideoProblem.Expired(now) : Problem.GenerationNotFound());
    }
}
