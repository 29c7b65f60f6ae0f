using System.Text.Json.Nodes;
using VideoGen.FakeVideos.Jobs;

namespace VideoGen.FakeVideos.Dialects;

/// <summary>
/// vLLM-Omni: multipart only, its own model only, errors with a number as code; the answer for a failed job has its error's
/// number as status, and a delete ends the run.
/// </summary>
internal sealed class VllmOmniShape : DialectShape
{
    public override bool TakesJson => false;

    public override bool ChecksModel => true;

    public override int? DefaultSeconds => null;

    public override bool AbortsOnDelete => true;

    public override int LeastLimit => 0;

    protected override string Owner => "vllm-omni";

    public override string NewId() => "video_gen_" + Hex();

    public override JsonObject Show(VideoJob job, Scene scene) => new()
    {
        ["model"] = job.Request.Model,
        ["prompt"] = job.Request.Prompt,
        ["id"] = job.Id,
        ["object"] = "video",
        ["status"] = Word(job.Phase),
        ["size"] = job.Request.Size,
        ["progress"] = job.ProgressAt(scene.Now),
        ["seconds"] = job.Request.Seconds == "0" ? "4" : job.Request.Seconds,
        ["quality"] = "default",
        ["completed_at"] = Unix(job.CompletedAt),
        ["created_at"] = Unix(job.CreatedAt),
        ["remixed_from_video_id"] = null,
        ["error"] = job.Failure is { } failure
            ? new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message }
            : null,
        ["media_type"] = "video/mp4",
        ["expires_at"] = null,
        ["file_name"] = job.VideoFile is null ? null : $"{job.Id}.mp4",
        ["inference_time_s"] = job.CompletedAt is { } end ? (end - job.StartedAt)?.TotalSeconds : null,
        ["stage_durations"] = new JsonObject(),
        ["peak_memory_mb"] = 0.0,
    };

    public override IResult Tell(VideoJob job, JsonObject shown) =>
        Results.Json(shown, statusCode: job.Failure is { Code: >= 400 and < 600 } failure ? failure.Code : 200);

    public override IResult List(IReadOnlyList<JsonObject> page, bool hasMore) => ListWithCursors(page, hasMore);

    public override IResult Deleted(VideoJob job, JsonObject shown) => VideoDeleted(job);

    public override IResult Error(int status, string message, string? field = null) => Results.Json(
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = message,
                ["type"] = Phrase(status),
                ["param"] = field,
                ["code"] = status,
            },
        },
        statusCode: status);

    public override IResult Invalid(string field, string message) =>
        Error(400, $"1 validation error: body.{field}: {message}", field);

    public override IResult ContentEarly() => Error(404, "Video is not ready yet.");

    public override IResult ContentFailed(VideoJob job) => Error(422, $"Video generation failed: {job.Failure?.Message}");
}
