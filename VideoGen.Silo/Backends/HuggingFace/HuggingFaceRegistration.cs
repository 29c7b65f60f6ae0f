using Microsoft.Extensions.DependencyInjection.Extensions;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Settings;
using VideoGen.Silo.Backends.Downloads;
using VideoGen.Silo.Backends.HuggingFace.Mapping;
using VideoGen.Silo.Backends.HuggingFace.Router;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.HuggingFace;

/// <summary>Registers Inference Providers.</summary>
internal static class HuggingFaceRegistration
{
    public static IServiceCollection AddHuggingFace(this IServiceCollection services)
    {
        services.AddSettings<HuggingFaceOptions, HuggingFaceOptionsValidator>(HuggingFaceOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<HubTokens>();
        services.AddSingleton<ModelMappings>();
        services.AddSingleton<JobSubmitter>();
        services.AddSingleton<HuggingFacePlanner>();
        services.AddSingleton<IVideoBackend, HuggingFaceBackend>();
        return services.AddRouterClient().AddVideoDownload();
    }
}
