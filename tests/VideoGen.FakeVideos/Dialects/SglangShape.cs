using System.Text.Json.Nodes;
using VideoGen.FakeVideos.Jobs;

namespace VideoGen.FakeVideos.Dialects;

/// <summary>SGLang diffusion: queued until it has ended, no prompts in answers, and a delete forgets the record only.</summary>
internal sealed class SglangShape : DialectShape
{
    protected override string Owner => "sglang";

    public override string NewId() => Guid.NewGuid().ToString();

    public override JsonObject Show(VideoJob job, Scene scene) => new()
    {
        ["id"] = job.Id,
        ["object"] = "video",
        ["model"] = job.Request.Model,
        ["status"] = Word(job.HasEnded ? job.Phase : JobPhase.Queued),
        ["progress"] = job.Phase == JobPhase.Completed ? 100 : 0,
        ["created_at"] = Unix(job.CreatedAt),
        ["size"] = job.Request.Size,
        ["seconds"] = job.Request.Seconds,
        ["quality"] = "standard",
        ["url"] = job.IsInStorage && job.VideoFile is { } file ? $"{scene.Root}/storage/{file}?video={job.Id}" : null,
        ["remixed_from_video_id"] = null,
        ["completed_at"] = job.Phase == JobPhase.Completed ? Unix(job.CompletedAt) : null,
        ["expires_at"] = null,
        ["error"] = job.Failure is { } failure ? new JsonObject { ["message"] = failure.Message } : null,
        ["file_path"] = $"outputs/{job.Id}.mp4",
        ["peak_memory_mb"] = null,
        ["inference_time_s"] = null,
    };

    public override IResult List(IReadOnlyList<JsonObject> page, bool hasMore) =>
        Results.Json(new JsonObject { ["data"] = new JsonArray([.. page]), ["object"] = "list" });

    public override IResult Deleted(VideoJob job, JsonObject shown)
    {
        shown["status"] = "deleted";
        return Results.Json(shown);
    }

    public override IResult Error(int status, string message, string? field = null) => Detail(status, message);

    public override IResult Invalid(string field, string message) => field == "prompt"
        ? Detail(400, "prompt is required")
        : DetailOfField(field, message);

    public override JsonObject Model(VideosSettings settings, long created)
    {
        var model = base.Model(settings, created);
        model["task_type"] = settings.TaskType;
        return model;
    }
}
