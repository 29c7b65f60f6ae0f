using System.Collections.Concurrent;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;

namespace VideoGen.Testing;

/// <summary>A backend that does what a test says and remembers what it was asked; by default everything works at once.</summary>
public sealed class ScriptedBackend : IVideoBackend
{
    private readonly ConcurrentDictionary<string, int> _submits = new();
    private readonly ConcurrentDictionary<string, int> _cancels = new();
    private int _inFlight;

    public string Name { get; init; } = "scripted";

    public BackendTraits Traits { get; set; } = new(IsPreview: false, RepeatCostsMoney: true);

    /// <summary>Null plans every order, so that its submit is <see cref="Submit"/>.</summary>
    public Func<RenderRequest, Task<PlanOutcome>>? Plan { get; set; }

    public Func<RenderRequest, Task<SubmitOutcome>> Submit { get; set; } =
        order => Task.FromResult<SubmitOutcome>(
        new SubmitOutcome.Accepted(new RenderJob($"job-{order.GenerationId}-{order.Attempt}")));

    public Func<RenderRequest, RenderJob, CancellationToken, Task<PollOutcome>> Poll { get; set; } =
        (order, _, _) => Task.FromResult<PollOutcome>(new PollOutcome.Rendered(new RenderResult(order.OriginalName)));

    public Func<RenderRequest, Task<FetchOutcome>> Fetch { get; set; } =
        order => Task.FromResult<FetchOutcome>(new FetchOutcome.Stored(new StoredMedia(order.OriginalName, 10, "00")));

    public Func<RenderRequest, Task<CancelOutcome>> Cancel { get; set; } = _ => Task.FromResult(CancelOutcome.NotPossible);

    /// <summary>The most jobs that were between submit and fetch at the same time.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>How many submits of a generation arrived.</summary>
    public int SubmitsOf(string generationId) => _submits.GetValueOrDefault(generationId);

    /// <summary>How often the backend was asked to cancel a generation.</summary>
    public int CancelsOf(string generationId) => _cancels.GetValueOrDefault(generationId);

    public Task<PlanOutcome> PlanAsync(RenderRequest order, CancellationToken cancellationToken) =>
        Plan?.Invoke(order) ?? Task.FromResult(Planned(order));

    /// <summary>What planning an order ends in when nothing is in the way.</summary>
    public PlanOutcome Planned(RenderRequest order) =>
        new PlanOutcome.Planned(new RenderPlan("provider"), () => SubmitAsync(order));

    private Task<SubmitOutcome> SubmitAsync(RenderRequest order)
    {
        _submits.AddOrUpdate(order.GenerationId, 1, (_, count) => count + 1);
        lock (_submits)
        {
            MostInFlight = Math.Max(MostInFlight, ++_inFlight);
        }

        return Submit(order);
    }

    public Task<PollOutcome> PollAsync(
        RenderRequest order, RenderPlan plan, RenderJob job, CancellationToken cancellationToken) =>
        Poll(order, job, cancellationToken);

    public Task<FetchOutcome> FetchAsync(
        RenderRequest order, RenderPlan plan, RenderJob job, RenderResult result, CancellationToken cancellationToken)
    {
        lock (_submits)
        {
            _inFlight--;
        }

        return Fetch(order);
    }

    public Task<CancelOutcome> CancelAsync(
        RenderRequest order, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        _cancels.AddOrUpdate(order.GenerationId, 1, (_, count) => count + 1);
        return Cancel(order);
    }
}
