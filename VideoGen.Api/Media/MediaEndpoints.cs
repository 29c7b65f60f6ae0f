using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.Pipeline;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Media;

/// <summary>Serves pictures and videos, with validators and byte ranges (RFC 9110 §13, §14).</summary>
internal static class MediaEndpoints
{
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

    private static Task ServeAsync(
        HttpContext context, MediaLinks links, CrossOrigin origins, IMediaStore media, MediaKind kind, string name) =>
        links.Admit(context, name)
            ? MediaDelivery.ServeAsync(
                context, links, origins, media, kind, name, () => MissingMedia.WhyAsync(context, kind, name))
            : Problem.ForStatus(StatusCodes.Status404NotFound).ExecuteAsync(context);

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
