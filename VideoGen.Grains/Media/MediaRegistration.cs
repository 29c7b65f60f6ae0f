using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Settings;

namespace VideoGen.Grains.Media;

/// <summary>Registers the media store of a process.</summary>
public static class MediaRegistration
{
    /// <summary>Stores media in the data directory; the start fails when the directory cannot be used.</summary>
    public static IServiceCollection AddFileMedia(this IServiceCollection services)
    {
        services.AddMediaDirectory();
        services.TryAddSingleton<IMediaStore, FileMediaStore>();
        services.AddHostedService<OpenAtStart>();
        return services;
    }

    /// <summary>Adds what every store needs: a directory, at least for scratch files, whose free space is monitored.</summary>
    public static IServiceCollection AddMediaDirectory(this IServiceCollection services)
    {
        services.AddSettings<MediaOptions, MediaOptionsValidator>(MediaOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MediaOptions>, DataDirectoryCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IStorageHeadroom, DiskHeadroom>();
        return services;
    }

    /// <summary>A store is opened when it is first resolved; that must happen at startup, not during an upload.</summary>
    private sealed class OpenAtStart(IMediaStore store) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            store.ExistsAsync(MediaKind.Upload, "none.jpg", cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
