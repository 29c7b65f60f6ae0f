using Orleans.Services;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.LocalRenders;

namespace VideoGen.Silo.Inference.LocalRenders;

/// <summary>
/// Gives other silos access to the renders of one silo: an activation moves, but the render that it started stays.
/// </summary>
[GrainInterfaceType("videogen.local-renders")]
internal interface ILocalRenderService : IGrainService
{
    /// <summary>
    /// The state of a render, after its next change or after the timeout; null when this silo does not know it.
    /// </summary>
    [Alias("next-state")]
    Task<LocalRenderState?> NextStateAsync(RenderRequest request, TimeSpan timeout);

    /// <summary>Stops a render and returns its last state; null when this silo does not know it.</summary>
    [Alias("cancel")]
    Task<LocalRenderState?> CancelAsync(RenderRequest request);
}
