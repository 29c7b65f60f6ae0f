using Microsoft.Extensions.Options;
using VideoGen.Silo.Inference.HuggingFace;
using VideoGen.Silo.Outgoing;

namespace VideoGen.Silo.Inference.Downloads;

/// <summary>Registers fetching films from where others say they are.</summary>
internal static class DownloadRegistration
{
    private const int MostRedirects = 5;

    public static IServiceCollection AddFilmDownload(this IServiceCollection services)
    {
        services.AddSingleton<FilmDownload>();
        services.AddGuardedClient(FilmDownload.Client, MostRedirects, provider =>
            provider.GetRequiredService<IOptions<HuggingFaceOptions>>().Value.AllowLoopback ? OutgoingRules.Loopback : []);
        return services;
    }
}
