using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Media;

/// <summary>Composes the media store of a process.</summary>
public static class MediaRegistration
{
    /// <summary>Keeps media in the data directory; a directory that cannot be used stops the start.</summary>
    public static IServiceCollection AddFileMedia(this IServiceCollection services)
    {
        services.AddMediaDirectory();
        services.TryAddSingleton<IMediaStore, FileMediaStore>();
        services.AddHostedService<OpenAtStart>();
        return services;
    }

    /// <summary>Adds what every store needs: a directory for scratch files at least, whose room is watched.</summary>
    public static IServiceCollection AddMediaDirectory(this IServiceCollection services)
    {
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MediaOptions>, MediaOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MediaOptions>, DataDirectoryCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IStorageHeadroom, DiskHeadroom>();
        return services;
    }

    /// <summary>A store is opened when it is first asked for; that must be the start, not somebody's upload.</summary>
    private sealed class OpenAtStart(IMediaStore store) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            store.ExistsAsync(MediaKind.Upload, "none.jpg", cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
