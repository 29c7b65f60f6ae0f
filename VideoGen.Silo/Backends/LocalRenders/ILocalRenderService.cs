using Orleans.Services;
using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>The renders of one silo as the others see them: an activation moves, and the render that it started stays.</summary>
[GrainInterfaceType("videogen.local-renders")]
internal interface ILocalRenderService : IGrainService
{
    /// <summary>How a render stands, after its next change or when patience ends; null when this silo does not know it.</summary>
    [Alias("next-state")]
    Task<LocalRenderState?> NextStateAsync(RenderRequest order, TimeSpan patience);

    /// <summary>Stops a render; its last state, null when this silo does not know it.</summary>
    [Alias("cancel")]
    Task<LocalRenderState?> CancelAsync(RenderRequest order);
}
