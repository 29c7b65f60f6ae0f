using Orleans.Concurrency;

namespace VideoGen.Grains.Contracts;

/// <summary>
/// Hands out the render slots of one backend across the cluster, first come first served; the key is the backend's name. A slot is
/// held until it is released, or until its holder, asked from time to time, says that it needs it no more.
/// </summary>
[GrainInterfaceType("videogen.budget")]
public interface IBudgetGrain : IGrainWithStringKey
{
    /// <summary>
    /// Joins the queue, or asks again how it stands; repeating the call keeps the place. <paramref name="acceptedAt"/> orders the
    /// queue. A job that already runs at its provider (<paramref name="isRunning"/>) gets its slot whatever the limit.
    /// </summary>
    [Alias("request")]
    Task<BudgetReply> RequestAsync(string generationId, DateTimeOffset acceptedAt, bool isRunning);

    /// <summary>Joins the queue as a new generation: refused when the backend already has as many unfinished ones as it may.</summary>
    [Alias("admit")]
    Task<BudgetReply> AdmitAsync(string generationId, DateTimeOffset acceptedAt);

    /// <summary>Gives the slot back, or leaves the queue.</summary>
    [Alias("release"), OneWay]
    Task ReleaseAsync(string generationId);

    /// <summary>Hands out no slot for a while, because the provider asked to slow down; the reason is shown to those who wait.</summary>
    [Alias("pause")]
    Task PauseAsync(TimeSpan duration, string reason);
}
