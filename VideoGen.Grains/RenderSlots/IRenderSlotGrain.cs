using System.Collections.Immutable;
using Orleans.Concurrency;

namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// Hands out the render slots of one backend across the cluster, first come first served; the key is the backend's name. A slot is
/// held until it is released, or until its holder, asked from time to time, says that it needs it no more.
/// </summary>
[GrainInterfaceType("videogen.budget")]
public interface IRenderSlotGrain : IGrainWithStringKey
{
    /// <summary>
    /// Joins the queue, or asks again how it stands; repeating the call keeps the place. <paramref name="acceptedAt"/> orders the
    /// queue. A job that already runs at its provider (<paramref name="isRunning"/>) gets its slot whatever the limit.
    /// </summary>
    [Alias("request")]
    Task<SlotReply> RequestAsync(string generationId, DateTimeOffset acceptedAt, bool isRunning);

    /// <summary>Joins the queue as a new generation: refused when the backend already has as many unfinished ones as it may.</summary>
    [Alias("admit")]
    Task<SlotReply> AdmitAsync(string generationId, DateTimeOffset acceptedAt);

    /// <summary>Gives the slot back, or leaves the queue.</summary>
    [Alias("release"), OneWay]
    Task ReleaseAsync(string generationId);

    /// <summary>The same as <c>request</c>, for an upstream that has several models.</summary>
    [Alias("request-slot")]
    Task<SlotReply> RequestSlotAsync(SlotRequest request);

    /// <summary>Pauses the upstream because it asked to slow down, for older builds: they name no order and no reason.</summary>
    [Alias("pause")]
    Task PauseAsync(TimeSpan duration, string reason);

    /// <summary>
    /// The upstream refused this submit for a reason that is not about the order. The order goes back to its old place in the
    /// queue, and nobody of that upstream, or of that model there, gets a slot until a probe is accepted: one order at a time,
    /// first after 15 s or when the upstream wants to be asked again, then after twice as long each time, 5 minutes at most. A
    /// pause survives the loss of this grain.
    /// </summary>
    [Alias("pause-upstream")]
    Task<SlotReply> PauseUpstreamAsync(UpstreamPause pause, SlotRequest refused);

    /// <summary>
    /// The submit of a probe (<see cref="SlotReply.IsProbe"/>) was accepted, or refused for a reason of its own order: the
    /// pause is over. From who is no probe it changes nothing. A probe that only gives its slot back says nothing about the
    /// pause, and the next one follows.
    /// </summary>
    [Alias("resume")]
    Task ResumeAsync(string generationId);

    /// <summary>What is paused now.</summary>
    [Alias("get-pauses"), AlwaysInterleave, ResponseTimeout("00:00:02.5")]
    Task<ImmutableArray<PausedUpstream>> GetPausesAsync();
}

/// <summary>How a request for a render slot stands.</summary>
[GenerateSerializer, Alias("videogen.budget-standing")]
public enum SlotStatus
{
    /// <summary>The slot is held.</summary>
    Granted = 0,

    /// <summary>In the queue; a poke follows when the turn comes.</summary>
    Waiting = 1,

    /// <summary>Not admitted: too many unfinished generations.</summary>
    Full = 2,
}

/// <summary>
/// The standing, the place in the queue counted from 1, why nobody gets a slot at the moment, when full, when to submit again, and,
/// when waiting, after what time the place is worth asking for again. <paramref name="Pause"/> is what <paramref
/// name="PauseReason"/> is the sentence of, and <paramref name="PausedSince"/> when it began. With <paramref name="IsProbe"/> the
/// slot was granted during a pause, to find out whether it is over.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.budget-reply")]
public sealed record SlotReply(
    SlotStatus Standing, int Position = 0, string? PauseReason = null, TimeSpan? RetryAfter = null, TimeSpan? AskAfter = null,
    UpstreamPause? Pause = null, bool IsProbe = false, DateTimeOffset? PausedSince = null);

/// <summary>
/// Who wants a render slot. <paramref name="AcceptedAt"/> orders the queue; <paramref name="Model"/> is what the upstream calls
/// the model, null where the upstream has one only: an order without a model waits for every pause of its upstream.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.slot-request")]
public sealed record SlotRequest(string GenerationId, DateTimeOffset AcceptedAt, string? Model = null, bool IsRunning = false);
