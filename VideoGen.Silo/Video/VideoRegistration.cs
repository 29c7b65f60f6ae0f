using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>Registers the video tools of a silo.</summary>
internal static class VideoRegistration
{
    /// <summary>Adds ffmpeg, its startup check, and the video processor.</summary>
    public static IServiceCollection AddVideoTools(this IServiceCollection services)
    {
        services.AddOptions<VideoOptions>().BindConfiguration(VideoOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VideoOptions>, VideoOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Ffmpeg>();
        services.AddSingleton<IVideoProcessor, FfmpegVideoProcessor>();
        services.AddHostedService<FfmpegCheck>();
        return services;
    }
}
