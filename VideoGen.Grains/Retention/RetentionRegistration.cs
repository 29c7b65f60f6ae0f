using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Retention;

/// <summary>Registers what a silo needs to enforce retention.</summary>
public static class RetentionRegistration
{
    /// <summary>Adds the settings, which are validated at startup, and the rounds, which the caller has to run.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        services.AddSingleton<VideoRound>();
        services.AddSingleton<UploadRound>();
        return services;
    }
}
