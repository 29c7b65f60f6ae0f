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

    /// <summary>Null plans every request, so that its submit is <see cref="Submit"/>.</summary>
    public Func<RenderRequest, Task<PlanOutcome>>? Plan { get; set; }

    public Func<RenderRequest, Task<SubmitOutcome>> Submit { get; set; } =
        request => Task.FromResult<SubmitOutcome>(
        new SubmitOutcome.Accepted(new RenderJob($"job-{request.GenerationId}-{request.Attempt}")));

    /// <summary>What looking for the job of a submit with an unknown outcome finds.</summary>
    public Func<RenderRequest, RenderJob?, Task<FindOutcome>> Find { get; set; } =
        (_, _) => Task.FromResult<FindOutcome>(new FindOutcome.CannotTell());

    public Func<RenderRequest, RenderJob, CancellationToken, Task<PollOutcome>> Poll { get; set; } =
        (request, _, _) => Task.FromResult<PollOutcome>(new PollOutcome.Rendered(new RenderResult(request.OriginalName)));

    public Func<RenderRequest, Task<FetchOutcome>> Fetch { get; set; } =
        request => Task.FromResult<FetchOutcome>(new FetchOutcome.Stored(new StoredMedia(request.OriginalName, 10, "00")));

    public Func<RenderRequest, Task<CancelOutcome>> Cancel { get; set; } = _ => Task.FromResult(CancelOutcome.NotPossible);

    /// <summary>The most jobs that were between submit and fetch at the same time.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>How many submits of a generation arrived.</summary>
    public int SubmitsOf(string generationId) => _submits.GetValueOrDefault(generationId);

    /// <summary>How often the backend was asked to cancel a generation.</summary>
    public int CancelsOf(string generationId) => _cancels.GetValueOrDefault(generationId);

    public Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken) =>
        Task.FromResult(new ModelReport(ModelTraits.Unprofiled));

    public Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken) =>
        Plan?.Invoke(request) ?? Task.FromResult(Planned(request));

    /// <summary>What planning a request returns by default.</summary>
    public PlanOutcome Planned(RenderRequest request) =>
        new PlanOutcome.Planned(new RenderPlan("provider"), () => SubmitAsync(request));

    private Task<SubmitOutcome> SubmitAsync(RenderRequest request)
    {
        _submits.AddOrUpdate(request.GenerationId, 1, (_, count) => count + 1);
        lock (_submits)
        {
            MostInFlight = Math.Max(MostInFlight, ++_inFlight);
        }

        return Submit(request);
    }

    public Task<FindOutcome> FindAsync(
        RenderRequest request, RenderPlan plan, RenderJob? lead, CancellationToken cancellationToken) => Find(request, lead);

    public Task<PollOutcome> PollAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken) =>
        Poll(request, job, cancellationToken);

    public Task<FetchOutcome> FetchAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, RenderResult result, CancellationToken cancellationToken)
    {
        lock (_submits)
        {
            _inFlight--;
        }

        return Fetch(request);
    }

    public Task<CancelOutcome> CancelAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        _cancels.AddOrUpdate(request.GenerationId, 1, (_, count) => count + 1);
        return Cancel(request);
    }
}
