using VideoGen.Grains.Backends;

namespace VideoGen.Grains.Telemetry;

/// <summary>Measures and traces every call to the inner backends.</summary>
public sealed class MeasuredBackends(IVideoBackends inner, GenerationTelemetry telemetry) : IVideoBackends
{
    /// <inheritdoc/>
    public IReadOnlyList<VideoModel> Models => inner.Models;

    /// <inheritdoc/>
    public VideoModel Default => inner.Default;

    /// <inheritdoc/>
    public IVideoBackend? Find(string name) =>
        inner.Find(name) is { } backend ? new MeasuredBackend(backend, telemetry.Calls) : null;
}

internal sealed class MeasuredBackend(IVideoBackend inner, BackendCalls calls) : IVideoBackend
{
    public string Name => inner.Name;

    public BackendTraits Traits => inner.Traits;

    public Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken) =>
        inner.DescribeAsync(model, cancellationToken);

    public async Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        var outcome = await calls.CallAsync("plan", Name, null, request, () => inner.PlanAsync(request, cancellationToken));
        return outcome is PlanOutcome.Planned planned
            ? planned with { Submit = () => calls.CallAsync("submit", Name, planned.Plan, request, planned.Submit) }
            : outcome;
    }

    public Task<FindOutcome> FindAsync(
        RenderRequest request, RenderPlan plan, RenderJob? lead, CancellationToken cancellationToken) =>
        calls.CallAsync("find", Name, plan, request, () => inner.FindAsync(request, plan, lead, cancellationToken));

    public Task<PollOutcome> PollAsync(RenderRequest request, RenderPlan plan, RenderJob job,
        CancellationToken cancellationToken) =>
        calls.MeasureAsync("poll", Name, plan, () => inner.PollAsync(request, plan, job, cancellationToken));

    public Task<FetchOutcome> FetchAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, RenderResult result, CancellationToken cancellationToken) =>
        calls.CallAsync("fetch", Name, plan, request, () => inner.FetchAsync(request, plan, job, result, cancellationToken));

    public Task<CancelOutcome> CancelAsync(RenderRequest request, RenderPlan plan, RenderJob job,
        CancellationToken cancellationToken) =>
        calls.CallAsync("cancel", Name, plan, request, () => inner.CancelAsync(request, plan, job, cancellationToken));
}
