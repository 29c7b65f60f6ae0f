using Orleans.Concurrency;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Contracts;

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

    /// <summary>The same for the slot of one upstream: a generation whose model has several may have found another one.</summary>
    [Alias("needs-slot-of"), AlwaysInterleave]
    Task<bool> NeedsSlotOfAsync(string upstream);

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
    /// The same for one in any status: an unfinished generation is canceled, is unknown to all readers from then on, and is
    /// deleted when it has ended.
    /// </summary>
    [Alias("discard")]
    Task<DeleteOutcome> DiscardAsync();

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
