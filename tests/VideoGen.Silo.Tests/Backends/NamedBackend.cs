using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Tests.Backends;

/// <summary>A backend that only has a name.</summary>
internal sealed class NamedBackend(string name) : IVideoBackend
{
    public string Name => name;

    public BackendTraits Traits => new(IsPreview: true, RepeatCostsMoney: false);

    public Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<FindOutcome> FindAsync(
        RenderRequest request, RenderPlan plan, RenderJob? lead, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<PollOutcome> PollAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<FetchOutcome> FetchAsync(RenderRequest request, RenderPlan plan, RenderJob job, RenderResult result,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CancelOutcome> CancelAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
