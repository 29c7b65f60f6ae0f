using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.Preview;

/// <summary>Adds the preview backend; it needs the video tools and a media store.</summary>
internal static class PreviewRegistration
{
    public static IServiceCollection AddPreviewBackend(this IServiceCollection services) =>
        services.AddLocalRenders().AddSingleton(new BackendKind(
            BackendNames.Preview, (provider, upstream) => ActivatorUtilities.CreateInstance<PreviewBackend>(provider, upstream)));
}
