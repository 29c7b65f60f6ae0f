using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Downloads;
using VideoGen.Silo.Backends.HuggingFace.Mapping;
using VideoGen.Silo.Backends.HuggingFace.Verdicts;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace;

/// <summary>
/// Inference Providers: paid job queues behind the Hugging Face router. It keeps no state about jobs: the plan and the job
/// contain everything needed to follow a job after a restart.
/// </summary>
internal sealed class HuggingFaceBackend(
    Upstream upstream, HuggingFacePlanner planner, ModelMappings mappings, UpstreamClient client, VideoDownload download,
    IOptions<HuggingFaceOptions> options, TimeProvider time) : IVideoBackend, IDisposable
{
    public string Name => upstream.Name;

    public BackendTraits Traits { get; } = upstream.Traits;

    public ModelMappings Mappings => mappings;

    public void Dispose() => mappings.Dispose();

    public Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken) =>
        planner.DescribeAsync(model, cancellationToken);

    public Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken) =>
        planner.PlanAsync(request, cancellationToken);

    /// <summary>
    /// Blind: no provider behind the router takes an id or a key of ours, or lists jobs. Only a job that the answer itself named
    /// is found, and it counts only if the provider knows it.
    /// </summary>
    public async Task<FindOutcome> FindAsync(
        RenderRequest request, RenderPlan plan, RenderJob? lead, CancellationToken cancellationToken)
    {
        if (lead is null)
        {
            return new FindOutcome.CannotTell();
        }

        var (calls, whyNot) = JobCalls.For(plan, client, upstream, options);
        if (calls is null)
        {
            return new FindOutcome.Unavailable(whyNot!);
        }

        var status = await calls.AskAsync(lead.StatusPath!, cancellationToken);
        return PollVerdict.OfStatus(status, calls.Provider, calls.Errors, time.GetUtcNow()) switch
        {
            PollOutcome.Suspect suspect => new FindOutcome.Unavailable(suspect.Error),
            PollOutcome.Unavailable unavailable => new FindOutcome.Unavailable(unavailable.Error, unavailable.RetryAfter),
            _ => new FindOutcome.Found(lead),
        };
    }

    public async Task<PollOutcome> PollAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        var (calls, whyNot) = JobCalls.For(plan, client, upstream, options);
        if (calls is null)
        {
            // The job is paid for and may be fine: the old token may be set again, or another silo may still have it.
            return new PollOutcome.Unavailable(whyNot!);
        }

        var status = await calls.AskAsync(job.StatusPath!, cancellationToken);
        return PollVerdict.OfStatus(status, calls.Provider, calls.Errors, time.GetUtcNow())
            ?? PollVerdict.OfResult(
                await calls.AskAsync(job.ResultPath!, cancellationToken), calls.Provider, calls.Errors, time.GetUtcNow());
    }

    public async Task<FetchOutcome> FetchAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, RenderResult result, CancellationToken cancellationToken)
    {
        var fetched = await FetchAsync(request, plan, result, cancellationToken);
        if (fetched is not FetchOutcome.Suspect)
        {
            return fetched;
        }

        // A signed URL expires before the video does, and a bad copy may have a good one beside it. Asking for the job once more
        // returns a new address.
        return await PollAsync(request, plan, job, cancellationToken) switch
        {
            PollOutcome.Rendered again when again.Result != result =>
                await FetchAsync(request, plan, again.Result, cancellationToken),
            PollOutcome.Unavailable later => new FetchOutcome.Unavailable(later.Error, later.RetryAfter),
            _ => fetched,
        };
    }

    public async Task<CancelOutcome> CancelAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        if (job.CancelPath is not { } path || JobCalls.For(plan, client, upstream, options).Calls is not { } calls)
        {
            return CancelOutcome.NotPossible;
        }

        var answer = CancelVerdict.Of(await calls.CancelAsync(path, cancellationToken));
        return answer is CancelOutcome.Unavailable
            ? answer
            : CancelVerdict.Of(answer, await PollAsync(request, plan, job, cancellationToken));
    }

    private Task<FetchOutcome> FetchAsync(
        RenderRequest request, RenderPlan plan, RenderResult result, CancellationToken cancellationToken) =>
        Task.Run(
            () => download.FetchAsync(result.Location, request.OriginalName, plan.Provider, cancellationToken),
            cancellationToken);
}
