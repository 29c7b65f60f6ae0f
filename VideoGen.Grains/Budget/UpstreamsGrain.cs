using System.Collections.Immutable;
using Orleans.Concurrency;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;

namespace VideoGen.Grains.Budget;

/// <summary>An API process does not know the upstreams; a silo does.</summary>
[GrainType("videogen.upstreams"), StatelessWorker]
internal sealed class UpstreamsGrain(IVideoBackends backends) : Grain, IUpstreamsGrain
{
    public Task<ImmutableArray<PausedUpstream>> GetPausesAsync() =>
        GrainFactory.GetGrain<IBudgetGrain>(backends.Current.Name).GetPausesAsync();
}
