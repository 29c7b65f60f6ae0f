using System.Text.Json.Nodes;

namespace VideoGen.FakeHub.Tests;

/// <summary>How one provider is spoken to through the router.</summary>
public sealed record Wire(
    string Provider,
    string Submit,
    Func<string, JsonObject> Body,
    Func<JsonNode, string> IdIn,
    Func<string, string> Status,
    Func<JsonNode, string> WordIn,
    Func<string, string> Result,
    Func<JsonNode, string> FilmIn,
    string[] Words)
{
    public const string Image =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR42mP8z8DA"
        + "wMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==";

    public static Wire FalAi { get; } = new(
        "fal-ai",
        "/router/fal-ai/fal-ai/wan/v2.2-a14b/image-to-video?_subdomain=queue",
        prompt => new() { ["image_url"] = Image, ["prompt"] = prompt, ["num_frames"] = 81 },
        answer => (string)answer["request_id"]!,
        id => $"/router/fal-ai/fal-ai/wan/requests/{id}/status?_subdomain=queue",
        answer => (string)answer["status"]!,
        id => $"/router/fal-ai/fal-ai/wan/requests/{id}?_subdomain=queue",
        answer => (string)answer["video"]!["url"]!,
        ["IN_QUEUE", "IN_PROGRESS", "COMPLETED", "COMPLETED"]);

    public static Wire WaveSpeed { get; } = new(
        "wavespeed",
        "/router/wavespeed/api/v3/wavespeed-ai/wan-2.2/image-to-video",
        prompt => new() { ["image"] = Image, ["prompt"] = prompt },
        answer => (string)answer["data"]!["id"]!,
        id => $"/router/wavespeed/api/v3/predictions/{id}/result",
        answer => (string)answer["data"]!["status"]!,
        id => $"/router/wavespeed/api/v3/predictions/{id}/result",
        answer => (string)answer["data"]!["outputs"]![0]!,
        ["created", "processing", "completed", "failed"]);

    public static Wire Together { get; } = new(
        "together",
        "/router/together/v2/videos",
        prompt => new()
        {
            ["model"] = "Wan-AI/Wan2.2-I2V-A14B",
            ["frame_images"] = new JsonArray(new JsonObject { ["input_image"] = Image, ["frame"] = "first" }),
            ["prompt"] = prompt,
        },
        answer => (string)answer["id"]!,
        id => $"/router/together/v2/videos/{id}",
        answer => (string)answer["status"]!,
        id => $"/router/together/v2/videos/{id}",
        answer => (string)answer["outputs"]!["video_url"]!,
        ["queued", "in_progress", "completed", "failed"]);

    public static Wire Novita { get; } = new(
        "novita",
        "/router/novita/v3/minimax/v2/video_generation",
        prompt => new()
        {
            ["model"] = "MiniMax-H3",
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "text", ["text"] = prompt },
                new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = Image } }),
            ["resolution"] = "768P",
            ["duration"] = 5,
            ["ratio"] = "adaptive",
        },
        answer => (string)answer["task_id"]!,
        id => $"/router/novita/v3/minimax/v2/query/video_generation/{id}",
        answer => (string)answer["task"]!["status"]!,
        id => $"/router/novita/v3/minimax/v2/query/video_generation/{id}",
        answer => (string)answer["task"]!["content"]!["url"]!,
        ["queued", "running", "succeeded", "failed"]);

    public static Wire Of(string provider) =>
        new[] { FalAi, WaveSpeed, Together, Novita }.Single(wire => wire.Provider == provider);

    public static TheoryData<string> Providers => ["fal-ai", "wavespeed", "together", "novita"];
}
