using System.Collections.Immutable;
using Orleans.Concurrency;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.RenderSlots;

/// <summary>A grain because silos know the upstreams, and API processes do not.</summary>
[GrainType("videogen.upstreams"), StatelessWorker]
internal sealed class UpstreamsGrain(IVideoBackends backends) : Grain, IUpstreamsGrain
{
    public Task<ImmutableArray<PausedUpstream>> GetPausesAsync() =>
        GrainFactory.GetGrain<IBudgetGrain>(backends.Current.Name).GetPausesAsync();
}
