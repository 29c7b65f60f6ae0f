using System.Security.Cryptography;
using VideoGen.Grains.Ports;

namespace VideoGen.Silo.Inference.LocalRenders;

/// <summary>
/// A backend whose renders are synchronous work of this process: what is left to say is how to plan and how to render. Everything
/// else goes through the <see cref="LocalRenderRunner"/> and, after a loss, through the original in the media store.
/// </summary>
internal abstract class LocalRenderBackend(LocalRenderRunner runner, IMediaStore media, TimeProvider time) : IVideoBackend
{
    // A poll waits this long for news itself, so that a grain needs no pace of its own.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(5);

    /// <summary>Where uploads are read from and originals end up.</summary>
    protected IMediaStore Media { get; } = media;

    public abstract string Name { get; }

    public abstract BackendTraits Traits { get; }

    public abstract Task<PlanOutcome> PlanAsync(RenderOrder order, CancellationToken cancellationToken);

    public Task<SubmitOutcome> SubmitAsync(RenderOrder order, RenderPlan plan, CancellationToken cancellationToken) =>
        Task.FromResult<SubmitOutcome>(TryStart(order, plan)
            ? new SubmitOutcome.Accepted(new RenderJob($"{order.GenerationId}-{order.Attempt}"))
            : new SubmitOutcome.NotAccepted(LocalRenderErrors.Busy, Transient: true, BusyDelay));

    public async Task<PollOutcome> PollAsync(
        RenderOrder order, RenderPlan plan, RenderJob job, CancellationToken cancellationToken) =>
        await runner.NextStateAsync(order, Patience, cancellationToken) switch
        {
            LocalRenderState.Waiting => new PollOutcome.Running { PollAfter = TimeSpan.Zero },
            LocalRenderState.Running running => new PollOutcome.Running(running.Progress) { PollAfter = TimeSpan.Zero },
            LocalRenderState.Failed failed => new PollOutcome.Failed(failed.Error),
            LocalRenderState.Interrupted interrupted => Resume(order, plan, interrupted),
            LocalRenderState.Canceled => new PollOutcome.Lost(LocalRenderErrors.Canceled),
            _ => await Media.ExistsAsync(MediaKind.Original, order.OriginalName, cancellationToken)
                ? new PollOutcome.Rendered(new RenderResult(order.OriginalName))
                : new PollOutcome.Lost(LocalRenderErrors.Lost),
        };

    public async Task<FetchOutcome> FetchAsync(
        RenderOrder order, RenderPlan plan, RenderJob job, RenderResult result, CancellationToken cancellationToken)
    {
        if (await Media.OpenAsync(MediaKind.Original, order.OriginalName, cancellationToken) is not { } original)
        {
            return new FetchOutcome.Failed(LocalRenderErrors.Lost);
        }

        await using var stream = await original.OpenRead(cancellationToken);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        return new FetchOutcome.Stored(new StoredMedia(order.OriginalName, original.Length, hash));
    }

    /// <summary>Confirmed when this process knows the job and has stopped it; a job of a lost or another process can not be reached.</summary>
    public async Task<CancelOutcome> CancelAsync(
        RenderOrder order, RenderPlan plan, RenderJob job, CancellationToken cancellationToken) =>
        await runner.CancelAsync(order, cancellationToken) is null ? CancelOutcome.NotPossible : CancelOutcome.Confirmed;

    /// <summary>Makes the film; runs outside of any grain and may take minutes.</summary>
    protected abstract Task<LocalRenderResult> RenderAsync(
        RenderOrder order, RenderPlan plan, ScratchFile target, IProgress<double> progress, CancellationToken cancellationToken);

    private PollOutcome Resume(RenderOrder order, RenderPlan plan, LocalRenderState.Interrupted interrupted)
    {
        var wait = interrupted.RetryAt - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            return new PollOutcome.Unavailable(interrupted.Error, wait);
        }

        return TryStart(order, plan)
            ? new PollOutcome.Running { PollAfter = TimeSpan.Zero }
            : new PollOutcome.Unavailable(interrupted.Error, BusyDelay);
    }

    private bool TryStart(RenderOrder order, RenderPlan plan) =>
        runner.TryStart(order, (target, progress, token) => RenderAsync(order, plan, target, progress, token));
}
