using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.OpenAi;

/// <summary>A generation as the OpenAI dialect shows it. Times are Unix seconds.</summary>
internal sealed record VideoResource(
    string Id,
    string Object,
    [property: Description("The model that renders it.")] string Model,
    [property: AllowedStatuses] string Status,
    [property: Description("A whole number from 0 to 100.")] int Progress,
    [property: JsonPropertyName("created_at")] long CreatedAt,
    [property: JsonPropertyName("completed_at")] long? CompletedAt,
    [property: JsonPropertyName("expires_at"), Description("When its files were removed; null while they are kept.")]
    long? ExpiresAt,
    string Prompt,
    [property: Description("The real size, which can differ from the requested one.")] string Size,
    string Seconds,
    [property: JsonPropertyName("remixed_from_video_id")] string? RemixedFromVideoId,
    VideoErrorResource? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] uint? Seed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyName("negative_prompt")]
    string? NegativePrompt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Motion) : IAuditedResource
{
    public const string Type = "video";

    /// <summary>The id by which the rest of the log knows it.</summary>
    string IAuditedResource.Id => VideoId.TryRead(Id, out var id) ? id : Id;

    public static VideoResource From(GenerationSnapshot generation)
    {
        var request = generation.Request;
        return new VideoResource(
            VideoId.Of(generation.Id), Type, generation.Model ?? generation.OrderedModel ?? VideoModels.Own,
            StatusOf(generation.Status), ProgressOf(generation), generation.CreatedAt.ToUnixTimeSeconds(),
            generation.Status.IsEnd ? generation.UpdatedAt.ToUnixTimeSeconds() : null,
            generation.Expiry?.At.ToUnixTimeSeconds(), request.Script, VideoSize.Text(request.Frame),
            request.DurationSeconds.ToString(CultureInfo.InvariantCulture),
            request.RegeneratedFrom is { } original ? VideoId.Of(original) : null, VideoErrorResource.From(generation),
            request.Seed, request.NegativePrompt,
            request.Motion is { } motion ? JsonNamingPolicy.SnakeCaseLower.ConvertName(motion.ToString()) : null);
    }

    /// <summary>Adds when to ask again, while the generation is unfinished.</summary>
    public VideoResource Announced(HttpResponse response)
    {
        if (CompletedAt is null)
        {
            response.Headers["openai-poll-after-ms"] = "2000";    // a constant: SDKs keep the first value
            response.Headers.RetryAfter = "2";
        }

        response.Headers.CacheControl = "no-cache";
        return this;
    }

    /// <summary>Clients know only these four.</summary>
    private static string StatusOf(GenerationStatus status) => status switch
    {
        GenerationStatus.Pending => "queued",
        GenerationStatus.Processing => "in_progress",
        GenerationStatus.Completed or GenerationStatus.Expired => "completed",
        _ => "failed",
    };

    private static int ProgressOf(GenerationSnapshot generation) => generation.Status switch
    {
        GenerationStatus.Completed or GenerationStatus.Expired => 100,
        GenerationStatus.Pending => 0,
        _ => Math.Clamp((int)Math.Floor(100 * (generation.Progress ?? 0)), 0, 99),
    };
}

/// <summary>The statuses of the dialect, for the document.</summary>
internal sealed class AllowedStatusesAttribute()
    : System.ComponentModel.DataAnnotations.AllowedValuesAttribute("queued", "in_progress", "completed", "failed");

/// <summary>Why a video failed: a code from docs/api.md, or <c>canceled</c>, and a message that the user can act on.</summary>
internal sealed record VideoErrorResource(string Code, string Message)
{
    public static VideoErrorResource? From(GenerationSnapshot generation) => generation switch
    {
        { Status: GenerationStatus.Canceled, Cancellation: var wish } =>
            new("canceled", wish?.Message ?? "The video was canceled before it was complete."),
        { Status: GenerationStatus.Failed, Error: { } error } => new(error.Code, error.Message),
        { Status: GenerationStatus.Failed } => new(ProblemCode.InternalError, "The video could not be made."),
        _ => null,
    };
}

/// <summary>A page of videos. With <c>has_more</c>, the next page begins after <c>last_id</c>.</summary>
internal sealed record VideoListResource(
    string Object,
    IReadOnlyList<VideoResource> Data,
    [property: JsonPropertyName("first_id")] string? FirstId,
    [property: JsonPropertyName("last_id")] string? LastId,
    [property: JsonPropertyName("has_more")] bool HasMore)
{
    public static VideoListResource Of(IReadOnlyList<VideoResource> videos, bool hasMore) =>
        new("list", videos, videos is [var first, ..] ? first.Id : null, videos is [.., var last] ? last.Id : null, hasMore);
}

/// <summary>The response to a deletion.</summary>
internal sealed record DeletedVideoResource(string Id, string Object, bool Deleted) : IAuditedResource
{
    string IAuditedResource.Id => VideoId.TryRead(Id, out var id) ? id : Id;

    public static DeletedVideoResource Of(string generationId) => new(VideoId.Of(generationId), "video.deleted", true);
}
