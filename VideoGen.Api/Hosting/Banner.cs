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

    private static string Videos(WebApplication app) => app.Services.GetService<IVideoBackends>()?.Current switch
    {
        null => "are rendered by the silos of this cluster",
        { Traits.IsPreview: true } => "are previews made on this machine. Set HF_TOKEN to create them with a model.",
        var backend => $"are rendered by the backend {backend.Name}",
    };
}
