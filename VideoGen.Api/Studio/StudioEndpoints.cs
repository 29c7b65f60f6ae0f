using Microsoft.Net.Http.Headers;
using VideoGen.Api.Http;

namespace VideoGen.Api.Studio;

/// <summary>
/// Serves the studio: its pages at <c>/</c> and <c>/studio/storyboards</c>, and its files under <c>/studio</c>, all from this
/// assembly. <c>/storyboards</c> is the API.
/// </summary>
internal static class StudioEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>The page runs only its own files. Only Hugging Face Spaces, which show apps in a frame, may frame it.</summary>
    private const string OnlyItsOwn =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; media-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'self' https://huggingface.co https://*.hf.space";

    public static void AddStudio(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StudioFiles>();
        builder.Services.AddSingleton<StudioPages>();
    }

    public static void MapStudio(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/", Methods, GetVideoPage).ExcludeFromDescription().AllowAnonymous();
        app.MapMethods("/studio/storyboards", Methods, GetStoryboardPage).ExcludeFromDescription().AllowAnonymous();
        app.MapMethods("/studio/{*name}", Methods, GetFile).ExcludeFromDescription().AllowAnonymous();
    }

    private static IResult GetVideoPage(HttpContext context, StudioPages pages) => ServePage(context, pages.Video);

    private static IResult GetStoryboardPage(HttpContext context, StudioPages pages) => ServePage(context, pages.Storyboards);

    private static IResult ServePage(HttpContext context, StudioFile page)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = OnlyItsOwn;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return Serve(context, page);
    }

    private static IResult GetFile(HttpContext context, string? name, StudioFiles files) =>
        files.Find(name ?? "") is { } file ? Serve(context, file) : Problem.ForStatus(StatusCodes.Status404NotFound);

    // File names do not change with their content, so browsers revalidate each time. The response is nearly always a 304.
    private static IResult Serve(HttpContext context, StudioFile file)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.Vary = HeaderNames.AcceptEncoding;
        var form = file.For(context.Request.Headers.AcceptEncoding.ToString());
        if (form.Encoding is { } encoding)
        {
            headers.ContentEncoding = encoding;
        }

        return Results.Bytes(form.Bytes, file.ContentType, entityTag: new EntityTagHeaderValue(form.ETag));
    }
}
