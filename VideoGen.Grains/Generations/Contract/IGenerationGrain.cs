using Orleans.Concurrency;
using VideoGen.Grains.Calls;

namespace VideoGen.Grains.Generations.Contract;

/// <summary>Owns one generation from acceptance to its end; the key is its id, a lower-case version-7 UUID.</summary>
[GrainInterfaceType("videogen.generation")]
public interface IGenerationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Accepts the request durably (state, reminder and history entry) before it answers; it never waits for a render.
    /// Repeating the call returns the same generation. A full queue, or an owner who may order no more, is answered with
    /// <see cref="SubmitReply.RetryAfter"/>.
    /// </summary>
    [Alias("submit"), Repeatable]
    Task<SubmitReply> SubmitAsync(GenerationRequest request);

    /// <summary>The generation as last persisted, with the live progress on top; null when the id is unknown.</summary>
    [Alias("get"), AlwaysInterleave, Repeatable, ResponseTimeout("00:00:02.5")]
    Task<GenerationSnapshot?> GetAsync();

    /// <summary>The same with the log, which other reads do not carry; null when the id is unknown.</summary>
    [Alias("get-log"), AlwaysInterleave, Repeatable, ResponseTimeout("00:00:02.5")]
    Task<LoggedGeneration?> GetLogAsync();

    /// <summary>Resumes an unfinished generation whose activation was lost, and wakes one that waits for its turn.</summary>
    [Alias("poke"), AlwaysInterleave, OneWay]
    Task PokeAsync();

    /// <summary>Whether this generation still needs the render slot it was granted; activates it, so that it moves again.</summary>
    [Alias("needs-slot"), AlwaysInterleave]
    Task<bool> NeedsSlotAsync();

    /// <summary>Whether it was accepted, or is being accepted, and has not ended.</summary>
    [Alias("is-unfinished"), AlwaysInterleave, ResponseTimeout("00:00:02.5")]
    Task<bool> IsUnfinishedAsync();

    /// <summary>
    /// Starts a new attempt of a failed or canceled generation, from the last ledger line that can be used again; null when the id
    /// is unknown, and unchanged when there is nothing to retry or the owner may order no more.
    /// </summary>
    [Alias("retry")]
    Task<GenerationSnapshot?> RetryAsync();

    /// <summary>The same, and says when the owner may order no more; null when the id is unknown.</summary>
    [Alias("order-again")]
    Task<SubmitReply?> OrderAgainAsync();

    /// <summary>
    /// Stores the wish to end the generation and answers; what a backend has to be asked follows. Null when the id is unknown, and
    /// unchanged when the generation is finished.
    /// </summary>
    [Alias("cancel")]
    Task<GenerationSnapshot?> CancelAsync();

    /// <summary>Deletes a finished generation with its film, poster, originals and history entry; the upload stays.</summary>
    [Alias("delete")]
    Task<DeleteOutcome> DeleteAsync();

    /// <summary>
    /// What retention has to know; null when the id is unknown. Nothing stays in memory for it.
    /// </summary>
    [Alias("get-kept"), AlwaysInterleave]
    Task<KeptMedia?> GetKeptAsync();

    /// <summary>
    /// Lets the media of a finished generation go for good, and says whether it is expired now; the upload stays.
    /// </summary>
    [Alias("expire")]
    Task<bool> ExpireAsync(ExpiryReason reason);
}

/// <summary>
/// Either the accepted generation, or the time after which to ask again: when the queue is full, or when <paramref name="Allowance"/>
/// says which limit of the owner is reached. Without limits there is none.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.submit-reply")]
public sealed record SubmitReply(GenerationSnapshot? Generation, TimeSpan? RetryAfter, QuotaReply? Allowance = null);

/// <summary>What deleting a generation can end in.</summary>
[GenerateSerializer, Alias("videogen.delete-outcome")]
public enum DeleteOutcome
{
    /// <summary>It is gone for everybody; what could not be cleared away at once follows by itself.</summary>
    Deleted = 0,

    /// <summary>There is no generation with this id, or not any more.</summary>
    Unknown = 1,

    /// <summary>It is not finished: it must be canceled first.</summary>
    StillRunning = 2,
}

/// <summary>
/// What retention has to know of one generation: when it was last changed, which upload it needs (null when it needs none any more),
/// the bytes of its film, poster and kept original, and since when it is expired.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.kept-media")]
public sealed record KeptMedia(
    bool IsFinished, DateTimeOffset UpdatedAt, string? Upload, long Bytes, DateTimeOffset? ExpiredAt);
