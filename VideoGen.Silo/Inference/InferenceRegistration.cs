using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Telemetry;
using VideoGen.Silo.Inference.Endpoint;
using VideoGen.Silo.Inference.HuggingFace;

namespace VideoGen.Silo.Inference;

/// <summary>Registers the choice of a backend and the backends that call out; the preview is registered by itself.</summary>
internal static class InferenceRegistration
{
    public static IServiceCollection AddInference(this IServiceCollection services)
    {
        services.AddOptions<InferenceOptions>().BindConfiguration(InferenceOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InferenceOptions>, InferenceOptionsValidator>();
        services.AddSingleton<BackendChoice>();
        services.AddSingleton<IValidateOptions<InferenceOptions>>(provider => provider.GetRequiredService<BackendChoice>());
        services.AddMetrics();
        services.TryAddSingleton<GenerationTelemetry>();
        services.AddSingleton<VideoBackends>();
        services.AddSingleton<IVideoBackends>(provider => new MeasuredBackends(
            provider.GetRequiredService<VideoBackends>(), provider.GetRequiredService<GenerationTelemetry>()));
        return services.AddHuggingFace().AddEndpoint();
    }
}
