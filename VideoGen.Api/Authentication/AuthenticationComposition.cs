using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Authentication;

/// <summary>Registers the services that identify callers.</summary>
internal static class AuthenticationComposition
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<KeyOptions>, KeyOptionsValidator>();
        services.AddOptions<KeyOptions>().BindConfiguration(KeyOptions.Section).ValidateOnStart();
        services.AddSingleton<Audit>();
        services.AddSingleton<CurrentKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<CurrentKeys>());
        return services.AddSingleton<MediaLinks>();
    }
}
