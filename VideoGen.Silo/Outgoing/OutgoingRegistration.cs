using System.Net;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Settings;

namespace VideoGen.Silo.Outgoing;

/// <summary>
/// Registers HTTP clients for external addresses: video addresses from providers, and webhook addresses from users.
/// </summary>
internal static class OutgoingRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly string UserAgent = $"VideoGen/{typeof(OutgoingRegistration).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>
    /// Adds a client that calls only public https addresses (apart from <see cref="OutgoingOptions.Allow"/> and <paramref
    /// name="alsoAllow"/>), checks each redirect, keeps no cookies, decompresses nothing, and writes no URL into a log or a
    /// trace. A refusal is an <see cref="OutgoingRefusedException"/>; the caller limits time and length.
    /// </summary>
    public static IHttpClientBuilder AddGuardedClient(
        this IServiceCollection services, string name, int mostRedirects = 0,
        Func<IServiceProvider, IReadOnlyList<string>>? alsoAllow = null)
    {
        services.AddSettings<OutgoingOptions, OutgoingOptionsValidator>(OutgoingOptions.Section);
        return services.AddHttpClient(name, Prepare)
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, provider) => Guard(handler, Rules(provider)))
            .AddHttpMessageHandler(provider => new GuardedHandler(Rules(provider), mostRedirects));

        OutgoingRules Rules(IServiceProvider provider) => new(
            [.. provider.GetRequiredService<IOptions<OutgoingOptions>>().Value.Entries, .. alsoAllow?.Invoke(provider) ?? []]);
    }

    /// <summary>Settings that all clients share: a User-Agent, and no client-wide timeout.</summary>
    public static void Prepare(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
    }

    private static void Guard(SocketsHttpHandler handler, OutgoingRules rules)
    {
        handler.AllowAutoRedirect = false; // every redirect is checked
        handler.UseCookies = false;
        handler.UseProxy = false; // the address check must see the real address
        handler.AutomaticDecompression = DecompressionMethods.None; // compressed content can be a bomb
        handler.ConnectTimeout = ConnectTimeout;
        handler.PooledConnectionLifetime = Lifetime;
        handler.ActivityHeadersPropagator = null; // no span either: it would contain the signed URL
        handler.ConnectCallback = (context, cancel) => GuardedConnection.OpenAsync(context.DnsEndPoint, rules, cancel);
    }
}
