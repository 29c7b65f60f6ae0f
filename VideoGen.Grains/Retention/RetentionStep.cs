namespace VideoGen.Grains.Retention;

/// <summary>
/// The result of a step: the chunk to continue with (null at the end), the bytes that the owner has now, and when the oldest of
/// the owner's videos ended (null when there is none).
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.retention-step")]
internal sealed record RetentionStep(long? Next, long Bytes, DateTimeOffset? OldestFilm);
