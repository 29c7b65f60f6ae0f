namespace VideoGen.Grains.Generations.Contract;

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
    FinishedVideo? Film,
    GenerationError? Error,
    Cancellation? Cancellation = null,
    Expiry? Expiry = null);

/// <summary>Where a generation stands in its life; it only moves forward.</summary>
[GenerateSerializer, Alias("videogen.generation-status")]
public enum GenerationStatus
{
    /// <summary>Accepted and waiting for its turn.</summary>
    Pending = 0,

    /// <summary>Holds a render slot and walks the ledger.</summary>
    Processing = 1,

    /// <summary>The film and its poster are stored.</summary>
    Completed = 2,

    /// <summary>Ended with an error that says why and whether a retry makes sense.</summary>
    Failed = 3,

    /// <summary>Ended by the user.</summary>
    Canceled = 4,

    /// <summary>It had ended before, and its media are not kept any more; <see cref="Expiry"/> says why.</summary>
    Expired = 5,
}

/// <summary>What can be said of a status.</summary>
public static class GenerationStatuses
{
    extension(GenerationStatus status)
    {
        /// <summary>Whether nothing follows unless the user orders it again.</summary>
        public bool IsEnd => status is GenerationStatus.Completed or GenerationStatus.Failed or GenerationStatus.Canceled
            or GenerationStatus.Expired;
    }
}

/// <summary>What is being done right now, finer than the status.</summary>
[GenerateSerializer, Alias("videogen.generation-stage")]
public enum GenerationStage
{
    /// <summary>In the queue for a render slot.</summary>
    Queued = 0,

    /// <summary>At the head of the queue, but the backend asked everybody to slow down.</summary>
    WaitingForCapacity = 1,

    /// <summary>The order is being sent to the backend.</summary>
    Submitting = 2,

    /// <summary>The backend works on it.</summary>
    Rendering = 3,

    /// <summary>The rendered film is being fetched into the media store.</summary>
    Downloading = 4,

    /// <summary>The film is brought to the asked length and size, and the poster is made.</summary>
    Finishing = 5,

    /// <summary>Nothing is left to do.</summary>
    Done = 6,

    /// <summary>Something that should pass (storage, network) is in the way; the generation tries again by itself.</summary>
    Waiting = 7,

    /// <summary>The user wants it to end; the backend is being asked, or the outcome of a submit is awaited.</summary>
    Canceling = 8,
}

/// <summary>
/// The result: media names of the film and its poster, and what was measured on the file: length in seconds, sides in pixels,
/// size in bytes, of the film and of its poster (0 where an earlier build did not measure it).
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.finished-film")]
public sealed record FinishedVideo(string Video, string Poster, double DurationSeconds, int Width, int Height, long Bytes, long PosterBytes = 0);
