namespace VideoGen.Grains.RenderSlots;

/// <summary>The status of a request for a render slot.</summary>
[GenerateSerializer, Alias("videogen.budget-standing")]
internal enum SlotStatus
{
    /// <summary>The slot is held.</summary>
    Granted = 0,

    /// <summary>In the queue; the generation is poked when its turn comes.</summary>
    Waiting = 1,

    /// <summary>Not admitted: too many unfinished generations.</summary>
    Full = 2,
}

/// <summary>
/// The status, the position in the queue counted from 1, why no slot is granted at the moment, when to submit again if the queue
/// is full, and, when waiting, after what time to ask for the position again. <paramref name="PauseReason"/> is the message of
/// <paramref name="Pause"/>, which began at <paramref name="PausedSince"/>. With <paramref name="IsProbe"/> the slot was granted
/// during a pause, to find out whether it is over.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.budget-reply")]
internal sealed record SlotReply(
    SlotStatus Standing, int Position = 0, string? PauseReason = null, TimeSpan? RetryAfter = null, TimeSpan? AskAfter = null,
    UpstreamPause? Pause = null, bool IsProbe = false, DateTimeOffset? PausedSince = null);

/// <summary>
/// A generation that requests a render slot. <paramref name="AcceptedAt"/> determines the order of the queue; <paramref
/// name="Model"/> is the upstream's name for the model, null if the upstream has only one: a generation without a model waits for
/// every pause of its upstream.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.slot-request")]
internal sealed record SlotRequest(string GenerationId, DateTimeOffset AcceptedAt, string? Model = null, bool IsRunning = false);
