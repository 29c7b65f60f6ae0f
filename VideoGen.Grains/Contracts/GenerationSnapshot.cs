namespace VideoGen.Grains.Contracts;

/// <summary>
/// One immutable view of a generation. <paramref name="Version"/> grows with every persisted change; progress between two of them
/// is live only. <paramref name="Progress"/> is 0–1, or null when nothing is known; <paramref name="QueuePosition"/> counts from 1.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-snapshot")]
public sealed record GenerationSnapshot(
    string Id,
    GenerationRequest Request,
    GenerationStatus Status,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    GenerationStage Stage,
    double? Progress,
    int? QueuePosition,
    string? WaitReason,
    int Attempt,
    string? Backend,
    bool IsPreview,
    FinishedFilm? Film,
    GenerationError? Error,
    Cancellation? Cancellation = null,
    Expiry? Expiry = null);
