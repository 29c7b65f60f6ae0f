namespace VideoGen.Grains.Contracts;

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
