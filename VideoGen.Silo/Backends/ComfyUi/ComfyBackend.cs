using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Downloads;
using VideoGen.Silo.Backends.Models;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>
/// A ComfyUI server with a workflow for each model. Its jobs live in its memory: after its restart they are gone, and only the
/// files that they saved are still there.
/// </summary>
internal sealed class ComfyBackend(
    ComfyServer server, ComfyPlanner planner, ComfyFinder finder, ComfyProgress progress, ModelProfiles profiles,
    VideoDownload download, TimeProvider time) : IVideoBackend, IModelCheck, IServerStatus,
    IDisposable
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(2);

    public string Name => server.Upstream.Name;

    public BackendTraits Traits { get; } = server.Upstream.Traits;

    public void Dispose() => progress.Dispose();

    public async Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken)
    {
        if (server.Find(model) is not { } workflow)
        {
            return new ModelReport(null, $"The model has no workflow at {Name}.");
        }

        var traits = SlotValues.TraitsOf(model, workflow, profiles);
        var (version, whyNot) = await server.AskVersionAsync(cancellationToken);
        return version is null
            ? new ModelReport(traits, whyNot!.Message)
            : await server.Nodes.CheckAsync(workflow, cancellationToken) is { IsMet: false } needs
                ? new ModelReport(traits, $"ComfyUI server {Name} lacks {needs.Missing}.")
                : new ModelReport(traits);
    }

    public Task<ModelCheckReport> CheckAsync(string? model, CancellationToken cancellationToken) =>
        ComfyModelCheck.RunAsync(server, model, cancellationToken);

    public async Task<ServerStatus> GetServerStatusAsync(CancellationToken cancellationToken)
    {
        var (version, whyNot) = await server.AskVersionAsync(cancellationToken);
        return version is null
            ? new ServerStatus(null, Problem: whyNot!.Message)
            : new ServerStatus($"ComfyUI {version.Number}", version.Limits);
    }

    public Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken) =>
        planner.PlanAsync(request, cancellationToken);

    /// <summary>Decidable: the id of the job is ours.</summary>
    public async Task<FindOutcome> FindAsync(
        RenderRequest request, RenderPlan plan, RenderJob? lead, CancellationToken cancellationToken) =>
        await finder.FindAsync(plan, cancellationToken);

    public async Task<PollOutcome> PollAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        var submitId = ComfyFile.SubmitIdOf(job);
        switch (await server.Jobs.OfAsync(job.Id, submitId, cancellationToken))
        {
            case ComfyJob.Pending pending:
                return new PollOutcome.Running(QueuePosition: pending.Position) { PollAfter = PollEvery };
            case ComfyJob.Running:
                return new PollOutcome.Running(progress.Of(job.Id)) { PollAfter = PollEvery };
            case ComfyJob.Completed { Video: { } video }:
                return new PollOutcome.Rendered(new RenderResult(video.Path));
            case ComfyJob.Completed:
                return await WithFileAsync(submitId, new PollOutcome.Suspect(server.Says.NoVideo), cancellationToken);
            case ComfyJob.Failed failed:
                return new PollOutcome.Failed(server.Says.Failed(failed.Words));
            case ComfyJob.Interrupted:
                return new PollOutcome.Failed(server.Says.Interrupted);
            case ComfyJob.NoAnswer away:
                return new PollOutcome.Unavailable(away.Error, away.RetryAfter);
            default:
                return await OfUnknownAsync(job.Id, submitId, cancellationToken);
        }
    }

    public async Task<FetchOutcome> FetchAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, RenderResult result, CancellationToken cancellationToken) =>
        await download.FetchFromAsync(server.Upstream, result.Location, request.OriginalName, cancellationToken);

    public async Task<CancelOutcome> CancelAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        var (version, _) = await server.AskVersionAsync(cancellationToken);
        if (version is null)
        {
            return CancelOutcome.Unavailable;
        }

        var before = version.CancelsJobs ? null : await server.Jobs.OfAsync(job.Id, ComfyFile.SubmitIdOf(job), cancellationToken);
        switch (before)
        {
            case null:
                await server.Calls.CancelAsync(job.Id, cancellationToken);
                break;
            case ComfyJob.Pending:
                await server.Calls.RemoveFromQueueAsync(job.Id, cancellationToken);
                break;
            case ComfyJob.Running when version.InterruptsById:
                await server.Calls.InterruptAsync(job.Id, cancellationToken);
                break;
            case ComfyJob.Running:
                return CancelOutcome.NotPossible;    // it would stop whatever runs, perhaps the job of somebody else
        }

        return await server.Jobs.OfAsync(job.Id, ComfyFile.SubmitIdOf(job), cancellationToken) switch
        {
            ComfyJob.Unknown or ComfyJob.Interrupted or ComfyJob.Failed => CancelOutcome.Confirmed,
            ComfyJob.Completed => CancelOutcome.NotPossible,
            _ => CancelOutcome.Unavailable,    // an interrupt takes effect at the next step of a node
        };
    }

    /// <summary>
    /// The server answers and knows no such job. One answer is no verdict: it is asked once more, and for the file that the job
    /// may have saved.
    /// </summary>
    private async Task<PollOutcome> OfUnknownAsync(string id, string submitId, CancellationToken cancellationToken)
    {
        await Task.Delay(PollEvery, time, cancellationToken);
        return await server.Jobs.OfAsync(id, submitId, cancellationToken) is not ComfyJob.Unknown
            ? new PollOutcome.Running { PollAfter = PollEvery }
            : await WithFileAsync(submitId, new PollOutcome.Lost(server.Says.Gone), cancellationToken);
    }

    private async Task<PollOutcome> WithFileAsync(string submitId, PollOutcome without, CancellationToken cancellationToken) =>
        await server.FileOfAsync(submitId, cancellationToken) switch
        {
            (var error, _) when error is not null => new PollOutcome.Unavailable(error),
            (_, { } file) => new PollOutcome.Rendered(new RenderResult(file.Path)),
            _ => without,
        };
}
