using VideoGen.Api.Characters;

namespace VideoGen.Api.Storyboards;

/// <summary>Adds characters and storyboards to the API.</summary>
internal static class StoryboardComposition
{
    public static void AddStoryboards(this IServiceCollection services)
    {
        services.AddSingleton<CharacterReader>();
        services.AddSingleton<ShotReader>();
        services.AddSingleton<StoryboardReader>();
        services.AddSingleton<StoryboardCreation>();
        services.AddSingleton<StoryboardEvents>();
    }

    public static void MapStoryboardRoutes(this IEndpointRouteBuilder app)
    {
        app.MapStoryboards();
        app.MapRendering();
        app.MapShots();
        StoryboardEvents.Map(app);
    }
}
