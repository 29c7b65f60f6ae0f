using Microsoft.Extensions.DependencyInjection.Extensions;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>Adds the embedded store to a host.</summary>
internal static class EmbeddedStoreRegistration
{
    /// <summary>
    /// Runs the store and registers its connection as the keyed multiplexer <paramref name="serviceKey"/>, which the Orleans
    /// Redis providers resolve by <c>ServiceKey</c>.
    /// </summary>
    public static IServiceCollection AddEmbeddedStore(
        this IServiceCollection services, EmbeddedStoreOptions options, string serviceKey)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EmbeddedStoreHost>(provider, options));
        services.AddHostedService(provider => provider.GetRequiredService<EmbeddedStoreHost>());
        services.AddKeyedSingleton(serviceKey,
            (provider, _) => provider.GetRequiredService<EmbeddedStoreHost>().Connection);
        return services;
    }
}
