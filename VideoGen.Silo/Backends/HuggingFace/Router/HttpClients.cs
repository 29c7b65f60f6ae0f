using System.Diagnostics;
using System.Net;
using VideoGen.Silo.Outgoing;

namespace VideoGen.Silo.Backends.HuggingFace.Router;

/// <summary>
/// Registers the HTTP clients: one that asks, one that orders. Neither has a handler that repeats, follows redirects or keeps a
/// token; time limits belong to each call. Traces of ours are not sent to others.
/// </summary>
internal static class Clients
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddRouterClient(this IServiceCollection services)
    {
        services.AddSingleton<HubWarnings>();
        services.AddSingleton<RouterClient>();
        services.AddHardenedClient(RouterClient.Asking, TimeSpan.FromMinutes(5));

        // A new connection for every order: one that the other side has just closed would turn an order that never left into an
        // unknown outcome, and a handshake is nothing beside a render.
        services.AddHardenedClient(RouterClient.Ordering, TimeSpan.Zero);
        return services;
    }

    /// <summary>
    /// A client for one of the addresses of our settings; its connections live for <paramref name="lifetime"/>.
    /// </summary>
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
