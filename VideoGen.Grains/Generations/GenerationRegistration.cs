using Microsoft.Extensions.DependencyInjection;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Submits;

namespace VideoGen.Grains.Generations;

/// <summary>Registers what the grain of a generation needs; the ports it calls are the silo's.</summary>
public static class GenerationRegistration
{
    /// <summary>Adds the tools of generations and the senders of paid submits.</summary>
    public static IServiceCollection AddGenerations(this IServiceCollection services) =>
        services.AddSingleton<SubmitSenders>().AddSingleton<GenerationTools>();
}
