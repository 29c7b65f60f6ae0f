using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.OpenAiVideos.Verdicts;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>
/// A server that speaks <c>/v1/videos</c>, OpenAI's former video API: SGLang, vLLM-Omni, FastVideo, or a gateway. It keeps no
/// state about jobs: the plan and the job contain everything needed to follow a job after a restart.
/// </summary>
internal sealed class OpenAiVideosBackend(
    Upstream upstream, VideoServer server, ServerReport report, VideoPlanner planner, JobFinder finder, VideoFetcher fetcher,
    TimeProvider time) : IVideoBackend, IServerStatus
{
    public string Name => upstream.Name;

    public BackendTraits Traits { get; } = upstream.Traits;

    public Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken) =>
        report.OfAsync(model, cancellationToken);

    public Task<ServerStatus> GetServerStatusAsync(CancellationToken cancellationToken) =>
        report.OfServerAsync(cancellationToken);

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
        return fetched is FetchOutcome.Suspect or FetchOutcome.Blocked && !result.Location.StartsWith('/')
            ? await FetchAgainAsync(request, plan, job, result, fetched, cancellationToken)
            : fetched;
    }

    public async Task<CancelOutcome> CancelAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken) =>
        job.CancelPath is { } path
            ? CancelVerdict.Of(await server.DeleteAsync(path, plan, cancellationToken), upstream.Provider)
            : CancelOutcome.NotPossible;

    /// <summary>
    /// A signed address expires before the video does, and asking for the job once more returns a new one. Some servers name an
    /// address that only they can call, such as localhost, and hand out the video themselves.
    /// </summary>
    private async Task<FetchOutcome> FetchAgainAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, RenderResult result, FetchOutcome first,
        CancellationToken cancellationToken)
    {
        switch (await PollAsync(request, plan, job, cancellationToken))
        {
            case PollOutcome.Unavailable later:
                return new FetchOutcome.Unavailable(later.Error, later.RetryAfter);
            case PollOutcome.Rendered again when again.Result != result
                && await fetcher.FetchAsync(request, plan, again.Result, cancellationToken) is FetchOutcome.Stored stored:
                return stored;
            case PollOutcome.Rendered when job.StatusPath is not null
                && await fetcher.FetchAsync(request, plan, new RenderResult(job.ResultPath!), cancellationToken)
                    is FetchOutcome.Stored stored:
                return stored;
            default:
                return first;
        }
    }
}
