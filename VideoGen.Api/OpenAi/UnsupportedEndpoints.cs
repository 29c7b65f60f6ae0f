using Microsoft.AspNetCore.Http.HttpResults;

namespace VideoGen.Api.OpenAi;

/// <summary>
/// What SDKs can send and this server does not do. It is answered 404, because SDKs repeat a request that is answered 501.
/// </summary>
internal static class UnsupportedEndpoints
{
    private static readonly (string Path, string What)[] Routes =
    [
        ("/videos/edits", "edits"), ("/videos/extensions", "extensions"), ("/videos/characters", "characters"),
    ];

    public static void MapUnsupported(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, what) in Routes)
        {
            routes.Map(path, () => Refuse(what)).ExcludeFromDescription();
            routes.Map(path + "/{*rest}", () => Refuse(what)).ExcludeFromDescription();
        }
    }

    private static ProblemHttpResult Refuse(string what) => VideoProblem.NotSupported(what);
}
