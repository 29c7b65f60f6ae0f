using Microsoft.Extensions.DependencyInjection.Extensions;
using VideoGen.Grains.Settings;
using VideoGen.Silo.Backends.Downloads;
using VideoGen.Silo.Backends.HuggingFace.Mapping;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace;

/// <summary>Registers Inference Providers.</summary>
internal static class HuggingFaceRegistration
{
    public static IServiceCollection AddHuggingFace(this IServiceCollection services)
    {
        services.AddSettings<HuggingFaceOptions, HuggingFaceOptionsValidator>(HuggingFaceOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new BackendKind(BackendNames.HuggingFace, Create));
        return services.AddUpstreamClient().AddVideoDownload();
    }

    private static HuggingFaceBackend Create(IServiceProvider services, Upstream upstream)
    {
        var mappings = ActivatorUtilities.CreateInstance<ModelMappings>(services, upstream);
        var submitter = ActivatorUtilities.CreateInstance<JobSubmitter>(services, mappings);
        var planner = ActivatorUtilities.CreateInstance<HuggingFacePlanner>(services, upstream, mappings, submitter);
        return ActivatorUtilities.CreateInstance<HuggingFaceBackend>(services, upstream, planner, mappings);
    }
}
