using Microsoft.Extensions.DependencyInjection;
using VideoGen.Grains.Settings;

namespace VideoGen.Grains.Retention;

/// <summary>Registers what a silo needs to enforce retention.</summary>
public static class RetentionRegistration
{
    /// <summary>Adds the settings, which are validated at startup, and the rounds, which the caller has to run.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddSettings<RetentionOptions, RetentionOptionsValidator>(RetentionOptions.Section);
        services.AddSingleton<VideoRound>();
        services.AddSingleton<JoinedVideoRound>();
        services.AddSingleton<UploadRound>();
        return services;
    }
}
