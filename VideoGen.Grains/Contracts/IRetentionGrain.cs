using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Retention;

namespace VideoGen.Grains.Contracts;

/// <summary>
/// Keeps account of one owner's videos (the key is the owner), and removes what the settings do not keep. It works in steps of
/// one history chunk; repeating a step is harmless.
/// </summary>
[GrainInterfaceType("videogen.retention")]
internal interface IRetentionGrain : IGrainWithStringKey
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
