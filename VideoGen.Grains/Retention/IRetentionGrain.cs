using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Retention;

/// <summary>
/// Keeps the account of one owner's films (the key), and lets go of what the settings do not keep. All it does is done in steps of one
/// stretch of the history; repeating a step is harmless.
/// </summary>
[GrainInterfaceType("videogen.retention")]
public interface IRetentionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Looks after the next stretch from <paramref name="from"/> on that has something to count, to expire by age, or to forget. With
    /// <paramref name="isThorough"/> deletions by users are looked for as well, which a quota needs.
    /// </summary>
    [Alias("sweep")]
    Task<RetentionStep> SweepAsync(long from, bool isThorough);

    /// <summary>
    /// Expires the oldest films of the oldest stretch that has any, until the owner has no more than so many bytes, and none that
    /// ended later than <paramref name="upTo"/>.
    /// </summary>
    [Alias("keep")]
    Task<RetentionStep> KeepAsync(long bytes, DateTimeOffset upTo, ExpiryReason reason);

    /// <summary>The same until so many bytes are free, for rounds of an older build; repeating this one frees them again.</summary>
    [Alias("reclaim")]
    Task<RetentionStep> ReclaimAsync(long bytes, DateTimeOffset upTo, ExpiryReason reason);
}

/// <summary>
/// What a step has led to: the stretch to go on with (null at the end), the bytes that the owner has now, and when the oldest film
/// of them ended (null when there is none).
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.retention-step")]
public sealed record RetentionStep(long? Next, long Bytes, DateTimeOffset? OldestFilm);
