using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Settings;
using VideoGen.Grains.Telemetry;
using VideoGen.Silo.Backends.ComfyUi;
using VideoGen.Silo.Backends.Endpoint;
using VideoGen.Silo.Backends.HuggingFace;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.OpenAiVideos;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends;

/// <summary>Registers the models and the kinds of remote upstreams; the preview is registered separately.</summary>
internal static class BackendRegistration
{
    public static IServiceCollection AddBackends(this IServiceCollection services)
    {
        services.AddSettings<BackendOptions, BackendOptionsValidator>(BackendOptions.Section);
        services.AddSingleton<IValidateOptions<BackendOptions>, ProfilesCheck>();
        services.AddSingleton(provider =>
            ModelProfiles.Load(provider.GetRequiredService<IOptions<BackendOptions>>().Value.Profiles));
        services.AddSettings<ModelOptions, ModelOptionsCheck>(ModelOptions.Section);
        services.AddSingleton(provider => new ModelTable(
            provider.GetRequiredService<IOptions<ModelOptions>>().Value,
            provider.GetRequiredService<IOptions<HuggingFaceOptions>>().Value,
            provider.GetRequiredService<IOptions<BackendOptions>>().Value,
            provider.GetRequiredService<IConfiguration>()));
        services.AddMetrics();
        services.TryAddSingleton<GenerationTelemetry>();
        services.AddSingleton<VideoBackends>();
        services.AddSingleton<IVideoBackends>(provider => new MeasuredBackends(
            provider.GetRequiredService<VideoBackends>(), provider.GetRequiredService<GenerationTelemetry>()));
        return services.AddHuggingFace().AddEndpoint().AddComfyUi().AddOpenAiVideos();
    }
}
