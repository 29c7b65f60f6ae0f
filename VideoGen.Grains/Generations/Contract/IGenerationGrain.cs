using Orleans.Concurrency;
using VideoGen.Grains.Calls;

namespace VideoGen.Grains.Generations.Contract;

/// <summary>Owns one generation from acceptance to its end; the key is its id, a lower-case version-7 UUID.</summary>
[GrainInterfaceType("videogen.generation")]
public interface IGenerationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Durably accepts the request (state, reminder and history entry) before it responds; it never waits for a render. Repeating
    /// the call returns the same generation. When the queue is full or the owner's quota is used up, the reply has <see
    /// cref="SubmitReply.RetryAfter"/>.
    /// </summary>
    [Alias("submit"), Repeatable]
    Task<SubmitReply> SubmitAsync(GenerationRequest request);

    /// <summary>The generation as last persisted, with the live progress; null when the id is unknown.</summary>
    [Alias("get"), AlwaysInterleave, Repeatable, ResponseTimeout("00:00:02.5")]
    Task<GenerationSnapshot?> GetAsync();

    /// <summary>The same with the log, which other reads do not include; null when the id is unknown.</summary>
    [Alias("get-log"), AlwaysInterleave, Repeatable, ResponseTimeout("00:00:02.5")]
    Task<LoggedGeneration?> GetLogAsync();

    /// <summary>Resumes an unfinished generation whose activation was lost, and wakes one that waits for its turn.</summary>
    [Alias("poke"), AlwaysInterleave, OneWay]
    Task PokeAsync();

    /// <summary>
    /// Whether this generation still needs the render slot it was granted; the call activates it, so that it resumes.
    /// </summary>
    [Alias("needs-slot"), AlwaysInterleave]
    Task<bool> NeedsSlotAsync();

    /// <summary>Whether it was accepted, or is being accepted, and has not ended.</summary>
    [Alias("is-unfinished"), AlwaysInterleave, ResponseTimeout("00:00:02.5")]
    Task<bool> IsUnfinishedAsync();

    /// <summary>
    /// Starts a new attempt of a failed or canceled generation, from the last ledger line that can be reused; null when the id is
    /// unknown, and unchanged when there is nothing to retry or the owner's quota is used up.
    /// </summary>
    [Alias("retry")]
    Task<GenerationSnapshot?> RetryAsync();

    /// <summary>The same, and also reports a used-up quota; null when the id is unknown.</summary>
    [Alias("order-again")]
    Task<SubmitReply?> OrderAgainAsync();

    /// <summary>
    /// Stores the request to cancel and responds; the backend is asked afterwards. Null when the id is unknown, and unchanged
    /// when the generation is finished.
    /// </summary>
    [Alias("cancel")]
    Task<GenerationSnapshot?> CancelAsync();

    /// <summary>Deletes a finished generation with its video, poster, originals and history entry; the upload stays.</summary>
    [Alias("delete")]
    Task<DeleteOutcome> DeleteAsync();

    /// <summary>
    /// What retention needs to know; null when the id is unknown. The generation does not stay in memory afterwards.
    /// </summary>
    [Alias("get-kept"), AlwaysInterleave]
    Task<KeptMedia?> GetKeptAsync();

    /// <summary>
    /// Permanently removes the media of a finished generation, and returns whether it is expired now; the upload stays.
    /// </summary>
    [Alias("expire")]
    Task<bool> ExpireAsync(ExpiryReason reason);
}

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
/// any more), the bytes of its video, poster and kept original, and since when it is expired.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.kept-media")]
public sealed record KeptMedia(
    bool IsFinished, DateTimeOffset UpdatedAt, string? Upload, long Bytes, DateTimeOffset? ExpiredAt);
