using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;
using VideoGen.Grains.Settings;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Media.S3;

namespace VideoGen.Silo.Media;

/// <summary>
/// Chooses where pictures and videos are stored: in the data directory, or in a bucket that the whole cluster shares.
/// </summary>
internal static class MediaComposition
{
    /// <summary>The setting that chooses the store: <c>files</c> or <c>s3</c>.</summary>
    private const string Store = "VideoGen:Media:Store";

    public static void AddMedia(this IHostApplicationBuilder builder)
    {
        switch (builder.Configuration[Store])
        {
            case null or "" or "files":
                builder.Services.AddFileMedia();
                break;
            case "s3":
                builder.Services.AddS3Media();
                break;
            default:
                throw new StartupException($"A setting is invalid. {Store} must be files or s3.");
        }
    }

    private static void AddS3Media(this IServiceCollection services)
    {
        services.AddMediaDirectory();
        services.AddSettings<S3Options, S3OptionsValidator>(S3Options.Section);
        services.AddSingleton(provider => S3Connection.Open(provider.GetRequiredService<IOptions<S3Options>>().Value));
        services.AddSingleton<S3Bucket>();
        services.TryAddSingleton<IMediaStore, S3MediaStore>();
        services.AddHostedService<S3StartCheck>();
    }
}
