using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using VideoGen.FakeVideos.Jobs;

namespace VideoGen.FakeVideos.Dialects;

/// <summary>What an answer needs beside its job: the time, the served model and the root of this server's addresses.</summary>
internal sealed record Scene(DateTimeOffset Now, VideosSettings Settings, string Root);

/// <summary>The manners of one program: which requests it takes, and how its answers look.</summary>
internal abstract class DialectShape
{
    private static readonly SglangShape Sglang = new();
    private static readonly VllmOmniShape VllmOmni = new();
    private static readonly FastvideoShape Fastvideo = new();
    private static readonly GatewayShape Gateway = new();

    public static DialectShape Of(VideosDialect dialect) => dialect switch
    {
        VideosDialect.VllmOmni => VllmOmni,
        VideosDialect.Fastvideo => Fastvideo,
        VideosDialect.Gateway => Gateway,
        _ => Sglang,
    };

    /// <summary>Whether a create may be JSON; else it is multipart only.</summary>
    public virtual bool TakesJson => true;

    /// <summary>Whether a create for another model is refused.</summary>
    public virtual bool ChecksModel => false;

    /// <summary>The seconds of a create that names neither seconds nor frames; null for a single frame.</summary>
    public virtual int? DefaultSeconds => 4;

    /// <summary>Whether there is a list, and a delete.</summary>
    public virtual bool ListsAndDeletes => true;

    /// <summary>Whether a delete ends the run.</summary>
    public virtual bool AbortsOnDelete => false;

    /// <summary>The smallest <c>limit</c> of a list.</summary>
    public virtual int LeastLimit => 1;

    public abstract string NewId();

    /// <summary>The job as its answer shows it.</summary>
    public abstract JsonObject Show(VideoJob job, Scene scene);

    /// <summary>The answer to a question for the job.</summary>
    public virtual IResult Tell(VideoJob job, JsonObject shown) => Results.Json(shown);

    public abstract IResult List(IReadOnlyList<JsonObject> page, bool hasMore);

    public abstract IResult Deleted(VideoJob job, JsonObject shown);

    public abstract IResult Error(int status, string message, string? field = null);

    /// <summary>The answer to a field that is missing or malformed.</summary>
    public abstract IResult Invalid(string field, string message);

    public virtual IResult Unauthorized() => Results.Json(new JsonObject { ["error"] = "Unauthorized" }, statusCode: 401);

    /// <summary>The answer to a question for the content of a job that has not ended.</summary>
    public virtual IResult ContentEarly() => Error(404, "Generation is still in-progress");

    /// <summary>The answer to a question for the content of a failed job.</summary>
    public virtual IResult ContentFailed(VideoJob job) => Error(404, "Generation is still in-progress");

    public virtual JsonObject Model(VideosSettings settings, long created) => new()
    {
        ["id"] = settings.Model,
        ["object"] = "model",
        ["created"] = created,
        ["owned_by"] = Owner,
    };

    protected abstract string Owner { get; }

    protected static string Word(JobPhase phase) => phase switch
    {
        JobPhase.Queued => "queued",
        JobPhase.Running => "in_progress",
        JobPhase.Completed => "completed",
        _ => "failed",
    };

    protected static JsonNode? Unix(DateTimeOffset? time) => time?.ToUnixTimeSeconds();

    protected static string Hex() => Guid.NewGuid().ToString("N");

    protected static string Phrase(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase
        ? phrase : status.ToString(CultureInfo.InvariantCulture);

    /// <summary>The list with cursors.</summary>
    protected static IResult ListWithCursors(IReadOnlyList<JsonObject> page, bool hasMore) => Results.Json(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. page]),
        ["first_id"] = (page is [var first, ..] ? first : null)?["id"]?.DeepClone(),
        ["last_id"] = (page is [.., var last] ? last : null)?["id"]?.DeepClone(),
        ["has_more"] = hasMore,
    });

    protected static IResult VideoDeleted(VideoJob job) =>
        Results.Json(new JsonObject { ["id"] = job.Id, ["deleted"] = true, ["object"] = "video.deleted" });

    /// <summary>FastAPI's error of a handler.</summary>
    protected static IResult Detail(int status, string message) =>
        Results.Json(new JsonObject { ["detail"] = message }, statusCode: status);

    /// <summary>FastAPI's error of a field.</summary>
    protected static IResult DetailOfField(string field, string message) => Results.Json(
        new JsonObject
        {
            ["detail"] = new JsonArray(new JsonObject
            {
                ["type"] = message == "Field required" ? "missing" : "value_error",
                ["loc"] = new JsonArray(field == "limit" ? "query" : "body", field),
                ["msg"] = message,
            }),
        },
        statusCode: 422);
}
