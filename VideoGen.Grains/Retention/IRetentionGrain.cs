using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Retention;

/// <summary>
/// Keeps account of one owner's videos (the key is the owner), and removes what the settings do not keep. It works in steps of
/// one history chunk; repeating a step is harmless.
/// </summary>
[GrainInterfaceType("videogen.retention")]
public interface IRetentionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Processes the next chunk from <paramref name="from"/> on that has something to count, to expire by age, or to remove. With
    /// <paramref name="isThorough"/> deletions by users are counted as well, which a quota needs.
    /// </summary>
    [Alias("sweep")]
    Task<RetentionStep> SweepAsync(long from, bool isThorough);

    /// <summary>
    /// Expires the oldest videos of the oldest chunk that has any, until the owner has no more than this many bytes, but none
    /// that ended later than <paramref name="upTo"/>.
    /// </summary>
    [Alias("keep")]
    Task<RetentionStep> KeepAsync(long bytes, DateTimeOffset upTo, ExpiryReason reason);

    /// <summary>
    /// The same until this many bytes are free, for rounds of an older build; repeating it frees that many again.
    /// </summary>
    [Alias("reclaim")]
    Task<RetentionStep> ReclaimAsync(long bytes, DateTimeOffset upTo, ExpiryReason reason);
}

/// <summary>
/// The result of a step: the chunk to continue with (null at the end), the bytes that the owner has now, and when the oldest of
/// the owner's videos ended (null when there is none).
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.retention-step")]
public sealed record RetentionStep(long? Next, long Bytes, DateTimeOffset? OldestFilm);
