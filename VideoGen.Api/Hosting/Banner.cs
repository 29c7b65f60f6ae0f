using Microsoft.Extensions.Options;
using VideoGen.Api.Authentication;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Hosting;

/// <summary>The one screen that tells a new user where things are.</summary>
internal static class Banner
{
    public static string For(WebApplication app)
    {
        var address = app.Urls.First().Replace("//[::]", "//localhost").Replace("//0.0.0.0", "//localhost");
        return $"""

              VideoGen is ready at {address}   (API: {address}/docs)

              Films   {Films(app)}
              Access  {Access(app.Services.GetRequiredService<CurrentKeys>())}
              Data    {Path.GetFullPath(app.Services.GetRequiredService<IOptions<MediaOptions>>().Value.DataDirectory)}

              Press Ctrl+C to stop; what is unfinished goes on at the next start.


            """;
    }

    private static string Access(CurrentKeys keys) => keys.Ring is null
        ? "is open to everybody who can reach this address. keys add NAME makes a key and closes it."
        : $"needs a key of {keys.Path}";

    private static string Films(WebApplication app) => app.Services.GetService<IVideoBackends>()?.Current switch
    {
        null => "are rendered by the silos of this cluster",
        { Traits.IsPreview: true } => "are previews made on this machine. Set HF_TOKEN to have them made by a model.",
        var backend => $"are made by the backend {backend.Name}",
    };
}
