namespace VideoGen.Grains.Contracts;

/// <summary>
/// What a step has led to: the stretch to go on with (null at the end), the bytes that the owner has now, and when the oldest film
/// of them ended (null when there is none).
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.retention-step")]
public sealed record RetentionStep(long? Next, long Bytes, DateTimeOffset? OldestFilm);
