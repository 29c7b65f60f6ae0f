using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Ports;

namespace VideoGen.Silo.Imaging;

/// <summary>Composes the intake of pictures.</summary>
public static class ImagingRegistration
{
    /// <summary>Takes pictures in with libvips; a platform without its native library stops the start.</summary>
    public static IServiceCollection AddImaging(this IServiceCollection services)
    {
        services.AddOptions<ImagingOptions>().BindConfiguration(ImagingOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ImagingOptions>, ImagingOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IImageIntake, NetVipsImageIntake>();
        services.AddHostedService<LoadAtStart>();
        return services;
    }

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
