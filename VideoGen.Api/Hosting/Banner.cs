using Microsoft.Extensions.Options;
using VideoGen.Api.Authentication;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Hosting;

/// <summary>The text that a new user sees at startup.</summary>
internal static class Banner
{
    public static string For(WebApplication app)
    {
        var address = app.Urls.First().Replace("//[::]", "//localhost").Replace("//0.0.0.0", "//localhost");
        return $"""

              VideoGen is ready at {address}   (API: {address}/docs)

              Videos  {Videos(app)}
              Access  {Access(app.Services.GetRequiredService<CurrentKeys>())}
              Data    {Path.GetFullPath(app.Services.GetRequiredService<IOptions<MediaOptions>>().Value.DataDirectory)}

              Press Ctrl+C to stop. Unfinished generations continue at the next start.


            """;
    }

    private static string Access(CurrentKeys keys) => keys.Ring is null
        ? "is open to everybody who can reach this address. To require a key, create one with keys add NAME."
        : $"requires a key from {keys.Path}";

    private static string Videos(WebApplication app) => app.Services.GetService<IVideoBackends>() switch
    {
        null => "are rendered by the silos of this cluster",
        var backends when backends.Of(backends.Default).Traits.IsPreview =>
            "are previews made on this machine. Set HF_TOKEN to create them with a model.",
        { Models.Count: > 1 } backends when backends.Models.Count(model => !backends.Of(model).Traits.IsPreview) > 1 =>
            $"are made by {backends.Default.Title}, or by another of {backends.Models.Count} models (GET /models)",
        var backends => $"are made by {backends.Default.Title}",
    };
}
