using System.Collections.Immutable;
using Orleans.Concurrency;
using VideoGen.Grains.RenderSlots;

namespace VideoGen.Grains.Contracts;

/// <summary>
/// Grants the render slots of one backend across the cluster, first come, first served; the key is the backend's name. A slot is
/// held until it is released, or until its holder, which is asked from time to time, says that it no longer needs it.
/// </summary>
[GrainInterfaceType("videogen.budget")]
internal interface IBudgetGrain : IGrainWithStringKey
{
    /// <summary>
    /// Joins the queue, or asks for its status again; repeating the call keeps the position. <paramref name="acceptedAt"/>
    /// determines the order of the queue. A job that is already running at its provider (<paramref name="isRunning"/>) gets its
    /// slot whatever the limit.
    /// </summary>
    [Alias("request")]
    Task<SlotReply> RequestAsync(string generationId, DateTimeOffset acceptedAt, bool isRunning);

    /// <summary>
    /// Joins the queue as a new generation; refused when the backend already has the maximum number of unfinished ones.
    /// </summary>
    [Alias("admit")]
    Task<SlotReply> AdmitAsync(string generationId, DateTimeOffset acceptedAt);

    /// <summary>Releases the slot, or leaves the queue.</summary>
    [Alias("release"), OneWay]
    Task ReleaseAsync(string generationId);

    /// <summary>The same as <c>request</c>, for an upstream with several models.</summary>
    [Alias("request-slot")]
    Task<SlotReply> RequestSlotAsync(SlotRequest request);

    /// <summary>
    /// Pauses the upstream because it asked to slow down; for older builds, which pass no generation and no reason.
    /// </summary>
    [Alias("pause")]
    Task PauseAsync(TimeSpan duration, string reason);

    /// <summary>
    /// The upstream refused this submit for a reason that is not about the request. The generation returns to its old position in
    /// the queue, and no generation of that upstream, or of that model there, gets a slot until a probe is accepted. One
    /// generation at a time probes: first after 15 s or when the upstream wants to be asked again, then after twice as long each
    /// time, at most 5 minutes. A pause survives the loss of this grain.
    /// </summary>
    [Alias("pause-upstream")]
    Task<SlotReply> PauseUpstreamAsync(UpstreamPause pause, SlotRequest refused);

    /// <summary>
    /// The submit of a probe (<see cref="SlotReply.IsProbe"/>) was accepted, or refused for a reason about its own request: the
    /// pause is over. From a generation that is not a probe, the call has no effect. A probe that only releases its slot says
    /// nothing about the pause, and the next probe follows.
    /// </summary>
    [Alias("resume")]
    Task ResumeAsync(string generationId);

    /// <summary>What is paused now.</summary>
    [Alias("get-pauses"), AlwaysInterleave, ResponseTimeout("00:00:02.5")]
    Task<ImmutableArray<PausedUpstream>> GetPausesAsync();

    /// <summary>How busy the upstream is, and what is paused.</summary>
    [Alias("get-usage"), AlwaysInterleave, ResponseTimeout("00:00:02.5")]
    Task<UpstreamUsage> GetUsageAsync();
}
