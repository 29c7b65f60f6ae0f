using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.LocalRenders;

namespace VideoGen.Silo.Backends.Preview;

/// <summary>Adds the preview backend; it needs the video tools and a media store.</summary>
internal static class PreviewRegistration
{
    public static IServiceCollection AddPreviewBackend(this IServiceCollection services) =>
        services.AddLocalRenders().AddSingleton<IVideoBackend, PreviewBackend>();
}
