using System.Security.Cryptography;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Pictures;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>
/// Base class of backends that render synchronously inside a silo; a derived class adds the plan and the render. Everything else
/// goes through the <see cref="LocalRenderRunner"/> of this silo or of the silo where the job began and, after a loss, through
/// the original in the media store.
/// </summary>
internal abstract class LocalRenderBackend(
    Upstream upstream, LocalRenderRunner runner, IRenderSites sites, IMediaStore media, TimeProvider time) : IVideoBackend
{
    // A poll itself waits this long for a change, so a grain needs no poll interval.
    private static readonly TimeSpan PollTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(5);

    /// <summary>Where uploads are read from and originals are stored.</summary>
    protected IMediaStore Media { get; } = media;

    public string Name => upstream.Name;

    public abstract BackendTraits Traits { get; }

    public abstract Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken);

    /// <summary>
    /// Plans every request whose picture exists. The picture is read when the render starts: a thousand may be waiting, and
    /// repeating one costs nothing.
    /// </summary>
    public async Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (!await Media.ExistsAsync(MediaKind.Upload, request.Request.CharacterImage, cancellationToken))
            {
                return new PlanOutcome.Refused(CharacterPicture.Missing);
            }
        }
        catch (MediaStoreUnavailableException)
        {
            return new PlanOutcome.Unavailable(CharacterPicture.OutOfReach, null);
        }

        var plan = Plan(request);
        return new PlanOutcome.Planned(plan, () => Task.FromResult(Submit(request, plan)));
    }

    /// <summary>Blind: nothing outside this cluster knows the render, and a lost one is simply made again.</summary>
    public Task<FindOutcome> FindAsync(
        RenderRequest request, RenderPlan plan, RenderJob? lead, CancellationToken cancellationToken) =>
        Task.FromResult<FindOutcome>(new FindOutcome.CannotTell());

    public async Task<PollOutcome> PollAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        try
        {
            var state = IsHere(job)
                ? await runner.NextStateAsync(request, PollTimeout, cancellationToken)
                : await NextStateElsewhereAsync(request, job, cancellationToken);
            return state switch
            {
                LocalRenderState.Interrupted { Error: var error } when MayBeCharged(error) =>
                    new PollOutcome.Failed(LocalRenderErrors.MayBeCharged(error)),
                LocalRenderState.Interrupted interrupted => Resume(request, plan, job, interrupted),
                _ => await OutcomeAsync(request, state, cancellationToken),
            };
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
        RenderRequest request, RenderPlan plan, RenderJob job, RenderResult result, CancellationToken cancellationToken)
    {
        try
        {
            if (await Media.OpenAsync(MediaKind.Original, request.OriginalName, cancellationToken) is not { } original)
            {
                return new FetchOutcome.Failed(LocalRenderErrors.Lost);
            }

            await using var stream = await original.OpenRead(cancellationToken);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
            return new FetchOutcome.Stored(new StoredMedia(request.OriginalName, original.Length, hash));
        }
        catch (MediaStoreUnavailableException)
        {
            return new FetchOutcome.Unavailable(LocalRenderErrors.StorageAway);
        }
    }

    /// <summary>Confirmed when the silo of the job has stopped it, or has left the cluster.</summary>
    public async Task<CancelOutcome> CancelAsync(
        RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        var elsewhere = IsHere(job) ? null : sites.Elsewhere(job.Site!);
        if (!IsHere(job) && elsewhere is null)
        {
            return CancelOutcome.Confirmed;
        }

        try
        {
            var last = elsewhere is null
                ? await runner.CancelAsync(request, cancellationToken)
                : await elsewhere.CancelAsync(request).WaitAsync(cancellationToken);
            return last is null ? CancelOutcome.NotPossible : CancelOutcome.Confirmed;
        }
        catch (Exception exception) when (IsSilence(exception, cancellationToken))
        {
            return CancelOutcome.Unavailable;
        }
    }

    /// <summary>Values to store with a request besides the request itself.</summary>
    protected virtual RenderPlan Plan(RenderRequest request) => new();

    /// <summary>Renders the video; runs outside of any grain and may take minutes.</summary>
    protected abstract Task<LocalRenderResult> RenderAsync(
        RenderRequest request, RenderPlan plan, ScratchFile target, IProgress<double> progress,
        CancellationToken cancellationToken);

    private SubmitOutcome Submit(RenderRequest request, RenderPlan plan) => TryStart(request, plan)
        ? new SubmitOutcome.Accepted(new RenderJob($"{request.GenerationId}-{request.Attempt}", Site: sites.Here))
        : new SubmitOutcome.NotAccepted(LocalRenderErrors.Busy, Transient: true, BusyDelay);

    /// <summary>Jobs stored before there were sites are looked up here.</summary>
    private bool IsHere(RenderJob job) => job.Site is null || job.Site == sites.Here;

    private async Task<LocalRenderState?> NextStateElsewhereAsync(
        RenderRequest request, RenderJob job, CancellationToken cancellationToken) =>
        sites.Elsewhere(job.Site!) is { } renders
            ? await renders.NextStateAsync(request, PollTimeout).WaitAsync(cancellationToken)
            : null;

    private async Task<PollOutcome> OutcomeAsync(
        RenderRequest request, LocalRenderState? state, CancellationToken cancellationToken) => state switch
        {
            LocalRenderState.Waiting => new PollOutcome.Running { PollAfter = TimeSpan.Zero },
            LocalRenderState.Running running => new PollOutcome.Running(running.Progress) { PollAfter = TimeSpan.Zero },
            LocalRenderState.Failed failed => new PollOutcome.Failed(failed.Error, failed.Scope),
            LocalRenderState.Canceled => new PollOutcome.Lost(LocalRenderErrors.Canceled),
            _ => await Media.ExistsAsync(MediaKind.Original, request.OriginalName, cancellationToken)
                ? new PollOutcome.Rendered(new RenderResult(request.OriginalName))
                : new PollOutcome.Lost(
                    Traits.RepeatCostsMoney ? LocalRenderErrors.MayBeCharged(LocalRenderErrors.Lost) : LocalRenderErrors.Lost),
        };

    /// <summary>
    /// Whether an interrupted render may have been paid for: a limit is refused before anything is made, and whatever else
    /// interrupts a render may come after it was made.
    /// </summary>
    private bool MayBeCharged(GenerationError error) =>
        Traits.RepeatCostsMoney && error.Code is not GenerationErrorCode.RateLimited;

    /// <summary>
    /// Starts the render again here; one that was interrupted on another silo needs a new attempt that names this silo.
    /// </summary>
    private PollOutcome Resume(RenderRequest request, RenderPlan plan, RenderJob job, LocalRenderState.Interrupted interrupted) =>
        (interrupted.RetryAfter ?? interrupted.RetryAt - time.GetUtcNow()) is var wait && wait > TimeSpan.Zero
            ? new PollOutcome.Unavailable(interrupted.Error, wait)
            : !IsHere(job) ? new PollOutcome.Lost(interrupted.Error)
            : TryStart(request, plan) ? new PollOutcome.Running { PollAfter = TimeSpan.Zero }
            : new PollOutcome.Unavailable(interrupted.Error, BusyDelay);

    private bool TryStart(RenderRequest request, RenderPlan plan) =>
        runner.TryStart(request, (target, progress, token) => RenderAsync(request, plan, target, progress, token));

    /// <summary>Another silo did not answer, or aborted because it is stopping; the membership will tell which.</summary>
    private static bool IsSilence(Exception exception, CancellationToken cancellationToken) =>
        exception is OrleansException or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
