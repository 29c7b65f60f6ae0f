using System.Reflection;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;

namespace VideoGen.Api.Mcp;

/// <summary>
/// Composes the Model Context Protocol server for agents: the same generations, as tools and resources, at <c>/mcp</c>. The
/// protocol's transport keeps nothing between requests, so any node can answer any of them.
/// </summary>
internal static class McpComposition
{
    private const string Instructions =
        "VideoGen turns a picture of a character and a script into a video of 3 to 10 seconds. Call generate_video once, with an "
        + "idempotency_key of your own, then wait_for_video until the status is completed or failed. A video that was accepted is "
        + "not lost: if a call fails or you were interrupted, call list_videos or repeat the same call with the same key before "
        + "you create another one, because each new video can cost money. For one longer video of several shots with the same "
        + "character, call list_characters and create_storyboard, then get_storyboard until its status is completed, failed or "
        + "canceled.";

    public static void AddMcp(this IServiceCollection services)
    {
        // It logs messages of clients that are wrong as errors of the server. Ours are logged where they become an answer.
        services.AddLogging(logging => logging.AddFilter("ModelContextProtocol", LogLevel.Critical));
        services.AddHttpContextAccessor();
        services.AddSingleton<McpEndpoint>();
        services.AddSingleton<McpOrigins>();
        services.AddSingleton<VideoTool, ListModelsTool>();
        services.AddSingleton<VideoTool, GenerateVideoTool>();
        services.AddSingleton<VideoTool, GetVideoTool>();
        services.AddSingleton<VideoTool, WaitForVideoTool>();
        services.AddSingleton<VideoTool, CancelVideoTool>();
        services.AddSingleton<VideoTool, ListVideosTool>();
        services.AddSingleton<VideoTool, ListCharactersTool>();
        services.AddSingleton<VideoTool, CreateStoryboardTool>();
        services.AddSingleton<VideoTool, GetStoryboardTool>();
        services.AddSingleton<ToolBox>();
        services.AddSingleton<VideoResources>();
        services.AddSingleton<ResourceHandlers>();
        services.AddMcpServer(server =>
            {
                server.ServerInfo = new Implementation
                {
                    Name = "VideoGen",
                    Version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
                };
                server.ServerInstructions = Instructions;
            })
            .WithHttpTransport(transport => transport.SessionMode = HttpServerSessionMode.Stateless)
            .WithListToolsHandler((call, _) => call.Services!.GetRequiredService<ToolBox>().ListAsync())
            .WithCallToolHandler((call, end) => call.Services!.GetRequiredService<ToolBox>().CallAsync(call, end))
            .WithListResourceTemplatesHandler((_, _) => VideoResources.ListTemplatesAsync())
            .WithListResourcesHandler((call, end) => call.Services!.GetRequiredService<ResourceHandlers>().ListAsync(end))
            .WithReadResourceHandler((call, end) => call.Services!.GetRequiredService<ResourceHandlers>().ReadAsync(call, end));
    }

    public static void MapMcp(this WebApplication app)
    {
        var mcp = app.Services.GetRequiredService<McpEndpoint>();
        McpEndpointRouteBuilderExtensions.MapMcp(app, "/mcp").DisableRequestTimeout().ExcludeFromDescription()
            .Finally(endpoint =>
            {
                var serve = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = context => mcp.ServeAsync(context, serve);
            });
    }
}
