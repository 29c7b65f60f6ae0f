using Microsoft.Extensions.Options;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Outgoing;

namespace VideoGen.Silo.Backends.Downloads;

/// <summary>Registers the video download.</summary>
internal static class DownloadRegistration
{
    private const int MostRedirects = 5;

    public static IServiceCollection AddVideoDownload(this IServiceCollection services)
    {
        services.AddSingleton<VideoDownload>();
        services.AddGuardedClient(VideoDownload.Client, MostRedirects, provider =>
            provider.GetRequiredService<IOptions<HuggingFaceOptions>>().Value.AllowLoopback ? OutgoingRules.Loopback : []);
        return services;
    }
}
