using System.Collections.Immutable;
using Orleans.Concurrency;
using VideoGen.Grains.Backends;
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

    /// <summary>What is paused now at the upstreams of all models.</summary>
    [Alias("get-pauses"), AlwaysInterleave, ResponseTimeout("00:00:02.5")]
    Task<ImmutableArray<PausedUpstream>> GetPausesAsync();

    /// <summary>The models that requests can name, in the order of the settings.</summary>
    [Alias("get-models"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<ImmutableArray<OfferedModel>> GetModelsAsync();

    /// <summary>How busy these upstreams are. Those whose slots cannot be asked now are left out.</summary>
    [Alias("get-usage"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<ImmutableArray<UpstreamUsage>> GetUsageAsync(ImmutableArray<string> upstreams);
}
