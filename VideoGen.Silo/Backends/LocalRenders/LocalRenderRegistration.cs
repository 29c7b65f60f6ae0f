using Microsoft.Extensions.DependencyInjection.Extensions;
using VideoGen.Grains.Settings;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>Adds the runner of synchronous renders, which every local backend shares.</summary>
internal static class LocalRenderRegistration
{
    public static IServiceCollection AddLocalRenders(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(LocalRenderRunner)))
        {
            return services;
        }

        services.AddSettings<LocalRenderOptions, LocalRenderOptionsValidator>(LocalRenderOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LocalRenderTable>();
        services.AddSingleton<LocalRenderRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<LocalRenderRunner>());
        return services;
    }
}
