using System.Text.Json.Nodes;
using VideoGen.FakeVideos.Jobs;

namespace VideoGen.FakeVideos.Dialects;

/// <summary>A gateway such as new-api: task ids, status words of its providers, and neither a list nor a delete.</summary>
internal sealed class GatewayShape : DialectShape
{
    public override bool ListsAndDeletes => false;

    protected override string Owner => "custom";

    public override string NewId() => "task_" + Hex();

    public override JsonObject Show(VideoJob job, Scene scene) => new()
    {
        ["id"] = job.Id,
        ["task_id"] = job.Id,
        ["object"] = "video",
        ["model"] = job.Request.Model,
        ["status"] = Status(job, scene.Now),
        ["progress"] = job.ProgressAt(scene.Now),
        ["created_at"] = Unix(job.CreatedAt),
        ["completed_at"] = Unix(job.CompletedAt),
        ["seconds"] = job.Request.Seconds,
        ["size"] = job.Request.Size,
        ["error"] = job.Failure is { } failure ? new JsonObject { ["message"] = failure.Message, ["code"] = "" } : null,
    };

    public override IResult List(IReadOnlyList<JsonObject> page, bool hasMore) => Error(404, "Invalid URL (GET /v1/videos)");

    public override IResult Deleted(VideoJob job, JsonObject shown) => Error(404, "Invalid URL");

    public override IResult Error(int status, string message, string? field = null) => Results.Json(
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = message,
                ["type"] = status == 401 ? "new_api_error" : "invalid_request_error",
                ["param"] = field ?? "",
                ["code"] = $"{status}",
            },
        },
        statusCode: status);

    public override IResult Invalid(string field, string message) => Error(400, $"{field}: {message}", field);

    public override IResult Unauthorized() => Error(401, "Invalid token");

    public override IResult ContentEarly() => ContentError(400, "Task is not completed yet");

    public override IResult ContentFailed(VideoJob job) => ContentError(400, $"Task failed: {job.Failure?.Message}");

    // A job that has just arrived is SUBMITTED; the provider behind it knows it a moment later, and calls that NOT_START.
    private static string Status(VideoJob job, DateTimeOffset now) => job.Phase switch
    {
        JobPhase.Queued when now - job.CreatedAt < TimeSpan.FromSeconds(0.5) => "SUBMITTED",
        JobPhase.Queued => "NOT_START",
        JobPhase.Running => "PROCESSING",
        JobPhase.Completed => "SUCCEEDED",
        _ => "FAILED",
    };

    private static IResult ContentError(int status, string message) => Results.Json(
        new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error" } },
        statusCode: status);
}
