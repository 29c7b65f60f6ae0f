using Microsoft.Extensions.DependencyInjection.Extensions;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>Puts the embedded store into a host.</summary>
internal static class EmbeddedStoreRegistration
{
    /// <summary>
    /// Runs the store and offers its connection as the keyed multiplexer
    /// <paramref name="serviceKey"/>, the one that Orleans' Redis providers ask for by <c>ServiceKey</c>.
    /// </summary>
    public static IServiceCollection AddEmbeddedStore(this IServiceCollection services, EmbeddedStoreOptions options, string serviceKey)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EmbeddedStoreHost>(provider, options));
        services.AddHostedService(provider => provider.GetRequiredService<EmbeddedStoreHost>());
        services.AddKeyedSingleton(serviceKey,
            (provider, _) => provider.GetRequiredService<EmbeddedStoreHost>().Connection);
        return services;
    }
}
