using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Retention;

/// <summary>Adds what a silo needs to let go of what is not kept.</summary>
public static class RetentionRegistration
{
    /// <summary>Adds the settings, whose mistakes stop the start, and the rounds; somebody has to run them.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        services.AddSingleton<VideoRound>();
        services.AddSingleton<UploadRound>();
        return services;
    }
}
