using Microsoft.Extensions.DependencyInjection.Extensions;
using VideoGen.Grains.Settings;

namespace VideoGen.Api.Authentication;

/// <summary>Registers the services that identify callers.</summary>
internal static class AuthenticationComposition
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<KeyOptions, KeyOptionsValidator>(KeyOptions.Section);
        services.AddSingleton<Audit>();
        services.AddSingleton<CurrentKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<CurrentKeys>());
        return services.AddSingleton<MediaLinks>();
    }
}
