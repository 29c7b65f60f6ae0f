namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// An immutable view of a generation. <paramref name="Version"/> grows with every persisted change; progress between two versions
/// is live only. <paramref name="Progress"/> is 0–1, or null when unknown; <paramref name="QueuePosition"/> counts from 1.
/// <paramref name="Model"/> is the id of the model that makes or made the video, <paramref name="OrderedModel"/> of the one that
/// was to make it; both are null where an older build did not record them. <paramref name="ReferencesUsed"/> is how many pictures
/// of its character the model gets, null while that is not known.
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
    Expiry? Expiry = null,
    string? Model = null,
    string? OrderedModel = null,
    int? ReferencesUsed = null);

/// <summary>The status of a generation; it only moves forward, except for a retry.</summary>
[GenerateSerializer, Alias("videogen.generation-status")]
public enum GenerationStatus
{
    /// <summary>Accepted and waiting for its turn.</summary>
    Pending = 0,

    /// <summary>Holds a render slot and walks the ledger.</summary>
    Processing = 1,

    /// <summary>The video and its poster are stored.</summary>
    Completed = 2,

    /// <summary>Ended with an error that says why, and whether a retry makes sense.</summary>
    Failed = 3,

    /// <summary>Ended at the user's request.</summary>
    Canceled = 4,

    /// <summary>The generation had ended before, and its media are no longer kept; <see cref="Expiry"/> says why.</summary>
    Expired = 5,
}

/// <summary>Helpers for the status.</summary>
public static class GenerationStatuses
{
    extension(GenerationStatus status)
    {
        /// <summary>Whether the generation has ended and nothing follows unless the user retries it.</summary>
        public bool IsEnd => status is GenerationStatus.Completed or GenerationStatus.Failed or GenerationStatus.Canceled
            or GenerationStatus.Expired;
    }
}

/// <summary>What is happening right now, in more detail than the status.</summary>
[GenerateSerializer, Alias("videogen.generation-stage")]
public enum GenerationStage
{
    /// <summary>In the queue for a render slot.</summary>
    Queued = 0,

    /// <summary>At the head of the queue, but the upstream is paused.</summary>
    WaitingForCapacity = 1,

    /// <summary>The request is being sent to the backend.</summary>
    Submitting = 2,

    /// <summary>The backend is rendering.</summary>
    Rendering = 3,

    /// <summary>The rendered video is being downloaded into the media store.</summary>
    Downloading = 4,

    /// <summary>The video is being converted to the requested length and size, and the poster is being made.</summary>
    Finishing = 5,

    /// <summary>Nothing is left to do.</summary>
    Done = 6,

    /// <summary>A temporary problem (storage, network) prevents progress; the generation retries by itself.</summary>
    Waiting = 7,

    /// <summary>The user requested cancellation; the backend is being asked, or the outcome of a submit is awaited.</summary>
    Canceling = 8,
}

/// <summary>
/// The result: media names of the video and its poster, and values measured on the file: length in seconds, sides in pixels, and
/// sizes in bytes of the video and of its poster (0 where an earlier build did not measure it). <paramref name="PlaybackRate"/>
/// is the speed at which a silent result plays to have the requested length, <paramref name="HeldSeconds"/> how long the last
/// frame of one with sound is held; null where an earlier build did not record them.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.finished-film")]
public sealed record FinishedVideo(string Video, string Poster, double DurationSeconds, int Width, int Height, long Bytes,
    long PosterBytes = 0, bool HasSound = false, double? PlaybackRate = null, double? HeldSeconds = null);
