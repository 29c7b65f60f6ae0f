using Microsoft.Extensions.DependencyInjection.Extensions;
using VideoGen.Grains.Settings;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>Registers the video tools of a silo.</summary>
internal static class VideoRegistration
{
    /// <summary>Adds ffmpeg, its startup check, the video processor and the joiner.</summary>
    public static IServiceCollection AddVideoTools(this IServiceCollection services)
    {
        services.AddSettings<VideoOptions, VideoOptionsValidator>(VideoOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Ffmpeg>();
        services.AddSingleton<IVideoProcessor, FfmpegVideoProcessor>();
        services.AddSingleton<ShotSound>();
        services.AddSingleton<IVideoJoiner, FfmpegVideoJoiner>();
        services.AddHostedService<FfmpegCheck>();
        return services;
    }
}
