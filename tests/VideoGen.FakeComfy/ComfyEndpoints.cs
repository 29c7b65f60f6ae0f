using System.Text.Json;
using VideoGen.FakeComfy.Files;
using VideoGen.FakeComfy.Lives;
using VideoGen.FakeComfy.Nodes;
using VideoGen.FakeComfy.Prompts;

namespace VideoGen.FakeComfy;

/// <summary>The routes of ComfyUI, at the root and under <c>/api</c>.</summary>
internal static class ComfyEndpoints
{
    private const long Memory = 24L * 1024 * 1024 * 1024;

    private static readonly string[] Arguments = ["main.py"];

    public static void MapComfy(this WebApplication app)
    {
        foreach (var routes in (IEndpointRouteBuilder[])[app.MapGroup(""), app.MapGroup("/api")])
        {
            routes.MapGet("/system_stats", GetStats);
            routes.MapGet("/object_info", (ObjectInfo info) => Results.Json(info.All()));
            routes.MapGet("/object_info/{name}", (string name, ObjectInfo info) => Results.Json(info.One(name)));
            routes.MapGet("/models", (ComfySettings settings) => Results.Json(settings.ModelFiles.Keys));
            routes.MapGet("/models/{folder}", GetModels);
            routes.MapPost("/upload/image", UploadEndpoint.UploadAsync);
            routes.MapMethods("/view", ["GET", "HEAD"], ViewEndpoint.View);    // aiohttp adds HEAD to every GET
            routes.MapPost("/prompt", (HttpContext context, SubmitDesk desk) => desk.SubmitAsync(context));
            routes.MapQueue();
            routes.Map("/ws", ListenAsync);
        }

        app.MapJobs();
        app.MapFallback(NoRoute);
    }

    /// <summary>What ComfyUI answers where it has no route: it serves files there, so that a POST is 405.</summary>
    public static IResult NoRoute(HttpContext context) => HttpMethods.IsGet(context.Request.Method)
        ? Results.Text("404: Not Found", statusCode: StatusCodes.Status404NotFound)
        : Results.Text("405: Method Not Allowed", statusCode: StatusCodes.Status405MethodNotAllowed);

    /// <summary>The properties of a JSON object in the body; none where there is no such.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>> ReadObjectAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object
                ? body.RootElement.Clone().EnumerateObject().ToDictionary(property => property.Name, property => property.Value)
                : new Dictionary<string, JsonElement>();
        }
        catch (JsonException)
        {
            return new Dictionary<string, JsonElement>();
        }
    }

    private static IResult GetStats(ComfySettings settings) => Results.Json(new
    {
        system = new
        {
            os = "linux",
            ram_total = Memory * 2,
            ram_free = Memory,
            comfyui_version = settings.Version,
            required_frontend_version = "1.30.0",
            python_version = "3.12.11",
            pytorch_version = "2.9.0+cu129",
            embedded_python = false,
            argv = Arguments,
        },
        devices = new[]
        {
            new
            {
                name = "cuda:0 Stand-in GPU", type = "cuda", index = 0, vram_total = Memory, vram_free = Memory,
                torch_vram_total = Memory, torch_vram_free = Memory,
            },
        },
    });

    private static IResult GetModels(string folder, ComfySettings settings) =>
        settings.ModelFiles.TryGetValue(folder, out var files)
            ? Results.Json(files)
            : Results.StatusCode(StatusCodes.Status404NotFound);

    private static async Task ListenAsync(HttpContext context, Life life)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await life.Sockets.ServeAsync(socket, context.Request.Query["clientId"], life.Queue.Remaining, context.RequestAborted);
    }
}
