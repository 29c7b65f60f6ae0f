namespace VideoGen.Grains.Contracts;

/// <summary>
/// What retention has to know of one generation: when it was last changed, which upload it needs (null when it needs none any more),
/// the bytes of its film, poster and kept original, and since when it is expired.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.kept-media")]
public sealed record KeptMedia(
    bool IsFinished, DateTimeOffset UpdatedAt, string? Upload, long Bytes, DateTimeOffset? ExpiredAt);
