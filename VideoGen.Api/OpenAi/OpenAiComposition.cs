using VideoGen.Api.Generations;
using VideoGen.Grains.Settings;

namespace VideoGen.Api.OpenAi;

/// <summary>Composes the OpenAI dialect: the same generations, under <c>/v1</c>.</summary>
internal static class OpenAiComposition
{
    /// <summary>Call this before the problem details are added: the first writer that can write a problem does.</summary>
    public static void AddOpenAi(this IServiceCollection services)
    {
        services.AddSettings<OpenAiOptions, OpenAiOptionsValidator>(OpenAiOptions.Section);
        services.AddSingleton<IProblemDetailsWriter, ErrorWriter>();
        services.AddSingleton<VideoModels>();
        services.AddSingleton<VideoBodyReader>();
        services.AddSingleton<VideoCreation>();
        services.AddSingleton<ClientRetries>();
    }

    public static void MapOpenAi(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/v1");
        routes.MapVideos();
        routes.MapVideoContent();
        routes.MapUnsupported();
        routes.MapOpenAiModels();
    }
}
