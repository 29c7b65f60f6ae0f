using Microsoft.Extensions.DependencyInjection;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Submits;

namespace VideoGen.Grains.Generations;

/// <summary>Registers the services of the generation grain; the silo registers the implementations of its ports.</summary>
public static class GenerationRegistration
{
    /// <summary>Adds the generation services and the senders of paid submits.</summary>
    public static IServiceCollection AddGenerations(this IServiceCollection services) =>
        services.AddSingleton<SubmitSenders>().AddSingleton<GenerationTools>();
}
