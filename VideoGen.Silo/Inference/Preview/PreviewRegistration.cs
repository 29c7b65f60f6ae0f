using VideoGen.Grains.Backends;
using VideoGen.Silo.Inference.LocalRenders;

namespace VideoGen.Silo.Inference.Preview;

/// <summary>Adds the preview backend; it needs the video tools and a media store.</summary>
internal static class PreviewRegistration
{
    public static IServiceCollection AddPreviewBackend(this IServiceCollection services) =>
        services.AddLocalRenders().AddSingleton<IVideoBackend, PreviewBackend>();
}
