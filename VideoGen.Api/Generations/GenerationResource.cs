using System.Globalization;
using System.Text.Json.Serialization;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>
/// A generation. Media URLs are relative to the root of this server. <paramref name="Model"/> is the id of the model that made or
/// will make the video, <paramref name="RequestedModel"/> of the one that was to make it, where that is another. <paramref
/// name="ReferencesUsed"/> says how many pictures of its character the model gets, such as <c>1 of 4</c>.
/// </summary>
internal sealed record GenerationResource(
    // Up to createdAt the properties and their order are those of the old backend.
    string Id,
    string CharacterImageUrl,
    string Script,
    int Duration,
    string Quality,
    string? VideoUrl,
    [property: JsonConverter(typeof(SnakeCase<GenerationStatus>))] GenerationStatus Status,
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset CreatedAt,
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset UpdatedAt,
    [property: JsonConverter(typeof(SnakeCase<GenerationStage>))] GenerationStage Stage,
    double? Progress,
    int? QueuePosition,
    string? WaitReason,
    int Attempt,
    string? PosterUrl,
    bool Preview,
    string? Backend,
    FilmResource? Film,
    GenerationErrorResource? Error,
    long Version,
    uint? Seed,
    string? NegativePrompt,
    [property: JsonConverter(typeof(SnakeCase<Motion>))] Motion? Motion,
    string? RegeneratedFrom,
    CancellationResource? Cancellation,
    ExpiryResource? Expiry,
    string AspectRatio,
    [property: JsonConverter(typeof(SnakeCase<Fit>))] Fit Fit,
    bool? Sound,
    string? Model,
    string? RequestedModel,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CharacterId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? CharacterVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ReferencesUsed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StoryboardId) : IAuditedResource
{
    public static GenerationResource From(GenerationSnapshot generation, MediaLinks links) => new(
        generation.Id,
        links.To(Uploads.CharacterImageUrl.Of(generation.Request.CharacterImage)),
        generation.Request.Script,
        generation.Request.DurationSeconds,
        generation.Request.Side.ToString(CultureInfo.InvariantCulture),
        generation.Film is { } video ? links.To("/videos/" + video.Video) : null,
        generation.Status,
        generation.CreatedAt,
        generation.UpdatedAt,
        generation.Stage,
        generation.Progress,
        generation.QueuePosition,
        generation.WaitReason,
        generation.Attempt,
        generation.Film is { } finished ? links.To("/videos/" + finished.Poster) : null,
        generation.IsPreview,
        generation.Backend,
        FilmResource.From(generation.Film),
        GenerationErrorResource.From(generation.Error),
        generation.Version,
        generation.Request.Seed,
        generation.Request.NegativePrompt,
        generation.Request.Motion,
        generation.Request.RegeneratedFrom,
        CancellationResource.From(generation.Cancellation),
        ExpiryResource.From(generation.Expiry),
        generation.Request.AspectRatio ?? Grains.Generations.Contract.AspectRatio.Square,
        generation.Request.Fit,
        generation.Film is { } made ? made.HasSound : generation.Request.IsSilent ? false : null,
        generation.Model,
        generation.OrderedModel == generation.Model ? null : generation.OrderedModel,
        generation.Request.Character?.Id,
        generation.Request.Character?.Version,
        References(generation),
        generation.Request.Shot?.StoryboardId);

    /// <summary>How many of the character's pictures the model gets: <c>1 of 4</c>; null while that is not known.</summary>
    private static string? References(GenerationSnapshot generation) =>
        generation is { Request.Character: { } character, ReferencesUsed: { } used }
            ? string.Create(CultureInfo.InvariantCulture, $"{used} of {character.References.Length + 1}")
            : null;
}

/// <summary>
/// A requested cancellation: when it was requested, whether it is confirmed that nothing is running any more (null while that is
/// unknown), and a message.
/// </summary>
internal sealed record CancellationResource(
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset RequestedAt, bool? Confirmed, string? Message)
{
    public static CancellationResource? From(Cancellation? cancellation) =>
        cancellation is null ? null : new(cancellation.RequestedAt, cancellation.Confirmed, cancellation.Message);
}

/// <summary>Expired media: when they were deleted, the rule that applied, and a message.</summary>
internal sealed record ExpiryResource(
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset At,
    [property: JsonConverter(typeof(SnakeCase<ExpiryReason>))] ExpiryReason Reason, string Message)
{
    public static ExpiryResource? From(Expiry? expiry) =>
        expiry is null ? null : new(expiry.At, expiry.Reason, SentenceOf(expiry.Reason));

    public static string SentenceOf(ExpiryReason reason) => reason switch
    {
        ExpiryReason.Age => "The video was deleted because it exceeded the retention period of this server.",
        ExpiryReason.OwnerQuota => "The video was deleted to make room for newer videos of the same owner.",
        _ => "The video was deleted to make room for newer videos.",
    };
}

/// <summary>
/// Measured properties of the finished video: duration in seconds, width and height in pixels, size in bytes; the speed at which
/// a silent result plays to have the requested length, or for how many seconds the last frame of one with sound is held.
/// </summary>
internal sealed record FilmResource(
    double DurationSeconds, int Width, int Height, long Bytes, double? PlaybackRate, double? HeldSeconds)
{
    public static FilmResource? From(FinishedVideo? video) => video is null
        ? null
        : new(video.DurationSeconds, video.Width, video.Height, video.Bytes, video.PlaybackRate, video.HeldSeconds);
}

/// <summary>Why a generation failed: a code from docs/api.md and a message that the user can act on.</summary>
internal sealed record GenerationErrorResource(
    string Code, string Message, bool Retryable, string? Provider, int? ProviderStatus, string? RequestId)
{
    public static GenerationErrorResource? From(GenerationError? error) => error is null
        ? null
        : new(error.Code, error.Message, error.Retryable, error.Provider, error.ProviderStatus, error.RequestId);
}
