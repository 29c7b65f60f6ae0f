using System.Collections.Immutable;
using Orleans.Concurrency;
using VideoGen.Grains.Backends;

namespace VideoGen.Grains.RenderSlots;

/// <summary>An API process does not know the upstreams; a silo does.</summary>
[GrainType("videogen.upstreams"), StatelessWorker]
internal sealed class UpstreamsGrain(IVideoBackends backends) : Grain, IUpstreamsGrain
{
    public Task<ImmutableArray<PausedUpstream>> GetPausesAsync() =>
        GrainFactory.GetGrain<IRenderSlotGrain>(backends.Current.Name).GetPausesAsync();
}
