using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;
using VideoGen.Grains.Ports;

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
              Data    {Path.GetFullPath(app.Services.GetRequiredService<IOptions<MediaOptions>>().Value.DataDirectory)}

              Press Ctrl+C to stop; what is unfinished goes on at the next start.


            """;
    }

    private static string Films(WebApplication app) => app.Services.GetService<IVideoBackends>()?.Current switch
    {
        null => "are rendered by the silos of this cluster",
        { Traits.IsPreview: true } => "are previews made on this machine. Set HF_TOKEN to have them made by a model.",
        var backend => $"are made by the backend {backend.Name}",
    };
}
