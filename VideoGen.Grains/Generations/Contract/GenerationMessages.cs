using System.Collections.Immutable;

namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// Either the accepted generation, or the time after which to submit again: when the queue is full, or when <paramref
/// name="Allowance"/> says which quota of the owner is used up. It is null without quotas.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.submit-reply")]
public sealed record SubmitReply(GenerationSnapshot? Generation, TimeSpan? RetryAfter, QuotaReply? Allowance = null);

/// <summary>The possible outcomes of deleting a generation.</summary>
[GenerateSerializer, Alias("videogen.delete-outcome")]
public enum DeleteOutcome
{
    /// <summary>The generation is gone for all readers; files that could not be removed at once are removed later.</summary>
    Deleted = 0,

    /// <summary>There is no generation with this id, or it was deleted.</summary>
    Unknown = 1,

    /// <summary>The generation is not finished and has to be canceled first.</summary>
    StillRunning = 2,
}

/// <summary>
/// What retention needs to know about one generation: when it was last changed, which upload it needs (null when it needs none
/// any more), the bytes of its video, poster and kept original, since when it is expired, and the further pictures of its
/// character that it needs (null from an older build).
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.kept-media")]
public sealed record KeptMedia(
    bool IsFinished, DateTimeOffset UpdatedAt, string? Upload, long Bytes, DateTimeOffset? ExpiredAt,
    ImmutableArray<string>? References = null);
