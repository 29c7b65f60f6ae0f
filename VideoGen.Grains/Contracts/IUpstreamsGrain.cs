using System.Collections.Immutable;
using Orleans.Concurrency;
using VideoGen.Grains.RenderSlots;

namespace VideoGen.Grains.Contracts;

/// <summary>
/// Reports the status of the upstreams. It is stateless: every silo has its own activation, and the key has no meaning.
/// </summary>
[GrainInterfaceType("videogen.upstreams")]
public interface IUpstreamsGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "any";

    /// <summary>What is paused now at the upstream for new generations.</summary>
    [Alias("get-pauses"), AlwaysInterleave, ResponseTimeout("00:00:02.5")]
    Task<ImmutableArray<PausedUpstream>> GetPausesAsync();
}
