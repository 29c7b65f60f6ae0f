using Microsoft.Extensions.DependencyInjection.Extensions;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>Puts the embedded store into a host.</summary>
internal static class EmbeddedStoreRegistration
{
    /// <summary>
    /// Runs the store under <paramref name="dataDirectory"/> and offers its connection as the keyed multiplexer
    /// <paramref name="serviceKey"/>, the one that Orleans' Redis providers ask for by <c>ServiceKey</c>.
    /// </summary>
    public static IServiceCollection AddEmbeddedStore(this IServiceCollection services, string dataDirectory, string serviceKey)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EmbeddedStoreHost>(provider, dataDirectory));
        services.AddHostedService(provider => provider.GetRequiredService<EmbeddedStoreHost>());
        services.AddKeyedSingleton(serviceKey,
            (provider, _) => provider.GetRequiredService<EmbeddedStoreHost>().Connection);
        return services;
    }
}
