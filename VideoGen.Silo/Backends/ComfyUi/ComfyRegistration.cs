using Microsoft.Extensions.Options;
using VideoGen.Silo.Backends.ComfyUi.Workflows;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>Registers the kind of upstream that is a ComfyUI server.</summary>
internal static class ComfyRegistration
{
    public static IServiceCollection AddComfyUi(this IServiceCollection services)
    {
        services.AddSingleton(ComfyClientId.New());
        services.AddSingleton<IValidateOptions<ModelOptions>, WorkflowsCheck>();
        return services.AddSingleton(new BackendKind(BackendNames.ComfyUi, Create));
    }

    private static ComfyBackend Create(IServiceProvider services, Upstream upstream)
    {
        var server = ActivatorUtilities.CreateInstance<ComfyServer>(services, upstream);
        var submitter = ActivatorUtilities.CreateInstance<ComfySubmitter>(services, server);
        var planner = ActivatorUtilities.CreateInstance<ComfyPlanner>(services, server, submitter);
        var finder = ActivatorUtilities.CreateInstance<ComfyFinder>(services, server);
        var progress = ActivatorUtilities.CreateInstance<ComfyProgress>(services, upstream);
        return ActivatorUtilities.CreateInstance<ComfyBackend>(services, server, planner, finder, progress);
    }
}
