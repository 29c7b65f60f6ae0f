using System.Collections.Immutable;
using Orleans.Concurrency;

namespace VideoGen.Grains.Contracts;

/// <summary>Says how the upstreams stand. It keeps nothing: every silo answers for itself; the key means nothing.</summary>
[GrainInterfaceType("videogen.upstreams")]
public interface IUpstreamsGrain : IGrainWithStringKey
{
    /// <summary>The one key that is used.</summary>
    const string Key = "any";

    /// <summary>What is paused now, of the upstream that new orders go to.</summary>
    [Alias("get-pauses"), AlwaysInterleave, ResponseTimeout("00:00:02.5")]
    Task<ImmutableArray<PausedUpstream>> GetPausesAsync();
}
