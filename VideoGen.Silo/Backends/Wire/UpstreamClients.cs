using System.Diagnostics;
using System.Net;
using VideoGen.Silo.Outgoing;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>
/// Registers two HTTP clients: one for queries and one for submits. Neither has a handler that retries, follows redirects or
/// keeps a token. Each call sets its own time limit. Our trace context is not sent to others.
/// </summary>
internal static class UpstreamClients
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddUpstreamClient(this IServiceCollection services)
    {
        services.AddSingleton<HubWarnings>();
        services.AddSingleton<UpstreamClient>();
        services.AddHardenedClient(UpstreamClient.QueryClient, TimeSpan.FromMinutes(5));

        // Every submit uses a new connection. On a connection that the other side has just closed, a request that was never sent
        // would have an unknown outcome, and a handshake is cheap compared with a render.
        services.AddHardenedClient(UpstreamClient.SubmitClient, TimeSpan.Zero);
        return services;
    }

    /// <summary>Adds a client for an address from our settings; its connections live for <paramref name="lifetime"/>.</summary>
    public static void AddHardenedClient(this IServiceCollection services, string name, TimeSpan lifetime) =>
        services.AddHttpClient(name, OutgoingRegistration.Prepare).RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, _) => Harden(handler, lifetime));

    private static void Harden(SocketsHttpHandler handler, TimeSpan lifetime)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.AutomaticDecompression = DecompressionMethods.None;
        handler.ConnectTimeout = ConnectTimeout;
        handler.PooledConnectionLifetime = lifetime;
        handler.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator();
    }
}
