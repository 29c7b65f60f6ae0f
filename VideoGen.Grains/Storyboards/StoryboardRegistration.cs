using Microsoft.Extensions.DependencyInjection;
using VideoGen.Grains.Storyboards.Steps;

namespace VideoGen.Grains.Storyboards;

/// <summary>Registers the services of the storyboard grain; the silo registers the implementations of its ports.</summary>
public static class StoryboardRegistration
{
    /// <summary>Adds the storyboard services.</summary>
    public static IServiceCollection AddStoryboards(this IServiceCollection services) =>
        services.AddSingleton<StoryboardTools>();
}
