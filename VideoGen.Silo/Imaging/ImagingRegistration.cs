using Microsoft.Extensions.DependencyInjection.Extensions;
using VideoGen.Grains.Media;
using VideoGen.Grains.Settings;
using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Imaging;

/// <summary>Registers picture intake.</summary>
public static class ImagingRegistration
{
    private const int BytesPerPixel = 11;

    /// <summary>Adds picture intake with libvips; the start fails on a platform without its native library.</summary>
    public static IServiceCollection AddImaging(this IServiceCollection services)
    {
        services.AddSettings<ImagingOptions, ImagingOptionsValidator>(ImagingOptions.Section);
        services.PostConfigure<ImagingOptions>(SuitMemory);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IImageIntake, NetVipsImageIntake>();
        services.AddHostedService<LoadAtStart>();
        return services;
    }

    /// <summary>As many concurrent pictures as half of the memory can hold at their largest size, and at least one.</summary>
    private static void SuitMemory(ImagingOptions options) => options.MaxConcurrent = (int)Math.Clamp(
        ProcessLimits.Memory / 2 / (Math.Max(1L, options.MaxPixels) * BytesPerPixel), Math.Min(1, options.MaxConcurrent),
        options.MaxConcurrent);

    private sealed class LoadAtStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            VipsLibrary.LockDown();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
