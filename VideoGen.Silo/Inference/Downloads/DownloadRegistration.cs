using System.Net;
using Microsoft.Extensions.Options;
using VideoGen.Silo.Inference.HuggingFace;
using VideoGen.Silo.Inference.HuggingFace.Wire;

namespace VideoGen.Silo.Inference.Downloads;

/// <summary>Registers fetching films from where others say they are.</summary>
internal static class DownloadRegistration
{
    public static IServiceCollection AddFilmDownload(this IServiceCollection services)
    {
        services.AddSingleton<FilmDownload>();
        services.AddHttpClient(FilmDownload.Client, Clients.Prepare)
            .RemoveAllLoggers() // they would write down signed URLs
            .UseSocketsHttpHandler((handler, provider) =>
            {
                var allowLoopback = provider.GetRequiredService<IOptions<HuggingFaceOptions>>().Value.AllowLoopback;
                handler.AllowAutoRedirect = false; // every hop is checked
                handler.UseCookies = false;
                handler.UseProxy = false; // the address check must see the real address
                handler.AutomaticDecompression = DecompressionMethods.None;
                handler.ConnectTimeout = Clients.ConnectTimeout;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                handler.ActivityHeadersPropagator = null; // no span either: it would carry the signed URL
                handler.ConnectCallback = (context, cancel) =>
                    AddressGuard.ConnectAsync(context.DnsEndPoint, allowLoopback, cancel);
            });
        return services;
    }
}
