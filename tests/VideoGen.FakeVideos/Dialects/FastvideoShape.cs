using System.Text.Json.Nodes;
using VideoGen.FakeVideos.Jobs;

namespace VideoGen.FakeVideos.Dialects;

/// <summary>FastVideo: ids and lists as vLLM-Omni, errors as FastAPI, and a delete leaves the run alone.</summary>
internal sealed class FastvideoShape : DialectShape
{
    public override bool ChecksModel => true;

    protected override string Owner => "fastvideo";

    public override string NewId() => "video_gen_" + Hex();

    public override JsonObject Show(VideoJob job, Scene scene) => new()
    {
        ["id"] = job.Id,
        ["object"] = "video",
        ["model"] = job.Request.Model,
        ["prompt"] = job.Request.Prompt,
        ["status"] = Word(job.Phase),
        ["progress"] = job.Phase == JobPhase.Completed ? 100 : 0,
        ["created_at"] = Unix(job.CreatedAt),
        ["completed_at"] = Unix(job.CompletedAt),
        ["expires_at"] = null,
        ["size"] = job.Request.Size,
        ["seconds"] = job.Request.Seconds,
        ["quality"] = "standard",
        ["remixed_from_video_id"] = null,
        ["error"] = job.Failure is { } failure
            ? new JsonObject { ["code"] = "generation_failed", ["message"] = failure.Message }
            : null,
    };

    public override IResult List(IReadOnlyList<JsonObject> page, bool hasMore) => ListWithCursors(page, hasMore);

    public override IResult Deleted(VideoJob job, JsonObject shown) => VideoDeleted(job);

    public override IResult Error(int status, string message, string? field = null) => Detail(status, message);

    public override IResult Invalid(string field, string message) => DetailOfField(field, message);

    public override IResult ContentEarly() => Error(404, "Video still being generated");

    public override IResult ContentFailed(VideoJob job) => Error(422, "Video generation failed");
}
