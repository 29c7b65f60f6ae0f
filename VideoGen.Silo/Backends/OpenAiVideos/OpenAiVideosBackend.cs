using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.OpenAiVideos.Verdicts;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>
/// A server that speaks <c>/v1/videos</c>, OpenAI's former video API: SGLang, vLLM-Omni, FastVideo, or a gateway. It keeps no
/// state about jobs: the plan and the job contain everything needed to follow a job after a restart.
/// </summary>
internal sealed class OpenAiVideosBackend(
    Upstream upstream, VideoServer server, ServerReport report, VideoPlanner planner, JobFinder finder, VideoFetcher fetcher,
    TimeProvider time) : IVideoBackend
{
    public string Name => upstream.Name;

    public BackendTraits Traits { get; } = upstream.Traits;

    public Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken) =>
        report.OfAsync(model, cancellationToken);

    public Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken) =>
        planner.PlanAsync(request, cancellationToken);

    public Task<FindOutcome> FindAsync(
        RenderRequest request, RenderPlan plan, RenderJob? lead, CancellationToken cancellationToken) =>
        finder.FindAsync(request, plan, lead, cancellationToken);

    public async Task<PollOutcome> PollAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        if (job.StatusPath is not { } path)
        {
            return new PollOutcome.Rendered(new RenderResult(job.ResultPath!));    // it was finished when it was accepted
        }

        var answer = await server.AskAsync(path, plan, cancellationToken);
        var outcome = PollVerdict.Of(answer, job, server.ErrorsOf(request.Model), time.GetUtcNow());
        return outcome is PollOutcome.Suspect && server.OtherToken(plan) is { } error
            ? new PollOutcome.Unavailable(error)
            : outcome;
    }

    public async Task<FetchOutcome> FetchAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, RenderResult result, CancellationToken cancellationToken)
    {
        var fetched = await fetcher.FetchAsync(request, plan, result, cancellationToken);
        if (fetched is not FetchOutcome.Suspect || result.Location.StartsWith('/'))
        {
            return fetched;
        }

        // A signed address expires before the video does. Asking for the job once more returns a new one, and some servers have
        // the video themselves as well.
        return await PollAsync(request, plan, job, cancellationToken) switch
        {
            PollOutcome.Rendered again when again.Result != result =>
                await fetcher.FetchAsync(request, plan, again.Result, cancellationToken),
            PollOutcome.Rendered when job.ResultPath is { } path && path != result.Location =>
                await fetcher.FetchAsync(request, plan, new RenderResult(path), cancellationToken) is FetchOutcome.Stored stored
                    ? stored
                    : fetched,
            PollOutcome.Unavailable later => new FetchOutcome.Unavailable(later.Error, later.RetryAfter),
            _ => fetched,
        };
    }

    public async Task<CancelOutcome> CancelAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken) =>
        job.CancelPath is { } path
            ? CancelVerdict.Of(await server.DeleteAsync(path, plan, cancellationToken), upstream.Provider)
            : CancelOutcome.NotPossible;
}
