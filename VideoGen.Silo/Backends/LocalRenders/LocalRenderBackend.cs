using System.Security.Cryptography;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Pictures;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>
/// Base class of backends that render synchronously inside a silo; a derived class adds the plan and the render. Everything else
/// goes through the <see cref="LocalRenderRunner"/> of this silo or of the silo where the job began and, after a loss, through
/// the original in the media store.
/// </summary>
internal abstract class LocalRenderBackend(LocalRenderRunner runner, IRenderSites sites, IMediaStore media, TimeProvider time)
    : IVideoBackend
{
    // A poll itself waits this long for a change, so a grain needs no poll interval.
    private static readonly TimeSpan PollTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(5);

    /// <summary>Where uploads are read from and originals are stored.</summary>
    protected IMediaStore Media { get; } = media;

    public abstract string Name { get; }

    public abstract BackendTraits Traits { get; }

    /// <summary>
    /// Plans every request whose picture exists. The picture is read when the render starts: a thousand may be waiting, and
    /// repeating one costs nothing.
    /// </summary>
    public async Task<PlanOutcome> PlanAsync(RenderRequest order, CancellationToken cancellationToken)
    {
        try
        {
            if (!await Media.ExistsAsync(MediaKind.Upload, order.Request.CharacterImage, cancellationToken))
            {
                return new PlanOutcome.Refused(CharacterPicture.Missing);
            }
        }
        catch (MediaStoreUnavailableException)
        {
            return new PlanOutcome.Unavailable(CharacterPicture.OutOfReach, null);
        }

        var plan = Plan();
        return new PlanOutcome.Planned(plan, () => Task.FromResult(Submit(order, plan)));
    }

    public async Task<PollOutcome> PollAsync(
        RenderRequest order, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        try
        {
            var state = IsHere(job)
                ? await runner.NextStateAsync(order, PollTimeout, cancellationToken)
                : await NextStateElsewhereAsync(order, job, cancellationToken);
            return state is LocalRenderState.Interrupted interrupted
                ? Resume(order, plan, job, interrupted)
                : await OutcomeAsync(order, state, cancellationToken);
        }
        catch (Exception exception) when (IsSilence(exception, cancellationToken))
        {
            return new PollOutcome.Unavailable(LocalRenderErrors.SiteSilent);
        }
        catch (MediaStoreUnavailableException)
        {
            return new PollOutcome.Unavailable(LocalRenderErrors.StorageAway);
        }
    }

    public async Task<FetchOutcome> FetchAsync(
        RenderRequest order, RenderPlan plan, RenderJob job, RenderResult result, CancellationToken cancellationToken)
    {
        try
        {
            if (await Media.OpenAsync(MediaKind.Original, order.OriginalName, cancellationToken) is not { } original)
            {
                return new FetchOutcome.Failed(LocalRenderErrors.Lost);
            }

            await using var stream = await original.OpenRead(cancellationToken);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
            return new FetchOutcome.Stored(new StoredMedia(order.OriginalName, original.Length, hash));
        }
        catch (MediaStoreUnavailableException)
        {
            return new FetchOutcome.Unavailable(LocalRenderErrors.StorageAway);
        }
    }

    /// <summary>Confirmed when the silo of the job has stopped it, or has left the cluster.</summary>
    public async Task<CancelOutcome> CancelAsync(
        RenderRequest order, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        var elsewhere = IsHere(job) ? null : sites.Elsewhere(job.Site!);
        if (!IsHere(job) && elsewhere is null)
        {
            return CancelOutcome.Confirmed;
        }

        try
        {
            var last = elsewhere is null
                ? await runner.CancelAsync(order, cancellationToken)
                : await elsewhere.CancelAsync(order).WaitAsync(cancellationToken);
            return last is null ? CancelOutcome.NotPossible : CancelOutcome.Confirmed;
        }
        catch (Exception exception) when (IsSilence(exception, cancellationToken))
        {
            return CancelOutcome.Unavailable;
        }
    }

    /// <summary>Values to store with a request besides the request itself.</summary>
    protected virtual RenderPlan Plan() => new();

    /// <summary>Renders the video; runs outside of any grain and may take minutes.</summary>
    protected abstract Task<LocalRenderResult> RenderAsync(
        RenderRequest order, RenderPlan plan, ScratchFile target, IProgress<double> progress, CancellationToken cancellationToken);

    private SubmitOutcome Submit(RenderRequest order, RenderPlan plan) => TryStart(order, plan)
        ? new SubmitOutcome.Accepted(new RenderJob($"{order.GenerationId}-{order.Attempt}", Site: sites.Here))
        : new SubmitOutcome.NotAccepted(LocalRenderErrors.Busy, Transient: true, BusyDelay);

    /// <summary>Jobs stored before there were sites are looked up here.</summary>
    private bool IsHere(RenderJob job) => job.Site is null || job.Site == sites.Here;

    private async Task<LocalRenderState?> NextStateElsewhereAsync(
        RenderRequest order, RenderJob job, CancellationToken cancellationToken) =>
        sites.Elsewhere(job.Site!) is { } renders
            ? await renders.NextStateAsync(order, PollTimeout).WaitAsync(cancellationToken)
            : null;

    private async Task<PollOutcome> OutcomeAsync(
        RenderRequest order, LocalRenderState? state, CancellationToken cancellationToken) => state switch
        {
            LocalRenderState.Waiting => new PollOutcome.Running { PollAfter = TimeSpan.Zero },
            LocalRenderState.Running running => new PollOutcome.Running(running.Progress) { PollAfter = TimeSpan.Zero },
            LocalRenderState.Failed failed => new PollOutcome.Failed(failed.Error, failed.Scope),
            LocalRenderState.Canceled => new PollOutcome.Lost(LocalRenderErrors.Canceled),
            _ => await Media.ExistsAsync(MediaKind.Original, order.OriginalName, cancellationToken)
                ? new PollOutcome.Rendered(new RenderResult(order.OriginalName))
                : new PollOutcome.Lost(LocalRenderErrors.Lost),
        };

    /// <summary>
    /// Starts the render again here; one that was interrupted on another silo needs a new attempt that names this silo.
    /// </summary>
    private PollOutcome Resume(RenderRequest order, RenderPlan plan, RenderJob job, LocalRenderState.Interrupted interrupted) =>
        (interrupted.RetryAfter ?? interrupted.RetryAt - time.GetUtcNow()) is var wait && wait > TimeSpan.Zero
            ? new PollOutcome.Unavailable(interrupted.Error, wait)
            : !IsHere(job) ? new PollOutcome.Lost(interrupted.Error)
            : TryStart(order, plan) ? new PollOutcome.Running { PollAfter = TimeSpan.Zero }
            : new PollOutcome.Unavailable(interrupted.Error, BusyDelay);

    private bool TryStart(RenderRequest order, RenderPlan plan) =>
        runner.TryStart(order, (target, progress, token) => RenderAsync(order, plan, target, progress, token));

    /// <summary>Another silo did not answer, or aborted because it is stopping; the membership will tell which.</summary>
    private static bool IsSilence(Exception exception, CancellationToken cancellationToken) =>
        exception is OrleansException or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
