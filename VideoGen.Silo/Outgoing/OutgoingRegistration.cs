using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Outgoing;

/// <summary>Registers clients for addresses that others named: providers that tell where a film is, users that want to be told.</summary>
internal static class OutgoingRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly string UserAgent = $"VideoGen/{typeof(OutgoingRegistration).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>
    /// A client that calls public addresses over https only (<see cref="OutgoingOptions.Allow"/> and
    /// <paramref name="alsoAllow"/> apart), checks each redirect, keeps no cookies, unpacks nothing, and writes no URL into a log
    /// or a trace. A refusal is an <see cref="OutgoingRefusedException"/>; time and length are limited by the caller.
    /// </summary>
    public static IHttpClientBuilder AddGuardedClient(
        this IServiceCollection services, string name, int mostRedirects = 0,
        Func<IServiceProvider, IReadOnlyList<string>>? alsoAllow = null)
    {
        services.AddOptions<OutgoingOptions>().BindConfiguration(OutgoingOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutgoingOptions>, OutgoingOptionsValidator>());
        return services.AddHttpClient(name, Prepare)
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, provider) => Guard(handler, Rules(provider)))
            .AddHttpMessageHandler(provider => new GuardedHandler(Rules(provider), mostRedirects));

        OutgoingRules Rules(IServiceProvider provider) => new(
            [.. provider.GetRequiredService<IOptions<OutgoingOptions>>().Value.Entries, .. alsoAllow?.Invoke(provider) ?? []]);
    }

    /// <summary>What all clients have in common: they say who they are, and have no time limit of their own.</summary>
    public static void Prepare(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
    }

    private static void Guard(SocketsHttpHandler handler, OutgoingRules rules)
    {
        handler.AllowAutoRedirect = false; // every hop is checked
        handler.UseCookies = false;
        handler.UseProxy = false; // the address check must see the real address
        handler.AutomaticDecompression = DecompressionMethods.None; // what is packed can be a bomb
        handler.ConnectTimeout = ConnectTimeout;
        handler.PooledConnectionLifetime = Lifetime;
        handler.ActivityHeadersPropagator = null; // no span either: it would carry the signed URL
        handler.ConnectCallback = (context, cancel) => GuardedConnection.OpenAsync(context.DnsEndPoint, rules, cancel);
    }
}
