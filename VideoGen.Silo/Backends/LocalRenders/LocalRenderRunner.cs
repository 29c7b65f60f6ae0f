using System.Threading.Channels;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>
/// Owns the renders that run inside this process, by generation and attempt. They belong to the process and not to an activation,
/// because activations are lost in normal operation and that must not stop a render of many minutes. Renders run in order of
/// arrival, a limited number at a time. Each result is stored as <see cref="MediaKind.Original"/> before it counts. Stopping the
/// host interrupts all of them.
/// </summary>
internal sealed partial class LocalRenderRunner(
    LocalRenderTable jobs, IMediaStore media, IOptions<LocalRenderOptions> options, TimeProvider time,
    ILogger<LocalRenderRunner> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(15);

    private readonly Channel<LocalRenderJob> _waiting = Channel.CreateBounded<LocalRenderJob>(options.Value.MaxWaiting);

    /// <summary>
    /// Queues a render. Repeating the call for the same request changes nothing, except that an interrupted render starts again.
    /// False when the queue is full or the process is stopping: the render was certainly not accepted.
    /// </summary>
    public bool TryStart(RenderRequest request, LocalRender render) =>
        jobs.TryAdd(new LocalRenderJob(request, render), _waiting.Writer.TryWrite);

    /// <summary>
    /// The state of a render: at once when it has ended, else after the next change or the timeout; null when unknown.
    /// </summary>
    public async Task<LocalRenderState?> NextStateAsync(
        RenderRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        jobs.TryGet(request, out var job)
            ? WithRetryAfter(job, await job.NextStateAsync(timeout, time, cancellationToken))
            : null;

    /// <summary>Asks a render to stop and waits until it has ended; returns its last state, null when unknown.</summary>
    public async Task<LocalRenderState?> CancelAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        if (!jobs.TryGet(request, out var job))
        {
            return null;
        }

        await job.CancelAsync();
        while (!job.State.IsOver)
        {
            await job.NextStateAsync(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        return job.State;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.MaxConcurrent).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        // Not canceled by the stop: the workers drain the queue, so that waiting renders end as interrupted.
        await foreach (var job in _waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (job.TryBegin())
            {
                using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping, job.CancelRequested);
                var final = await RenderAsync(job, cancellation.Token);
                LogEnd(job.Request.GenerationId, job.Request.Attempt, final.GetType().Name);
                jobs.Remember(job);
                job.End(final, time.GetTimestamp());
            }
            else
            {
                jobs.Remember(job);
            }
        }
    }

    private async Task<LocalRenderState> RenderAsync(LocalRenderJob job, CancellationToken cancellationToken)
    {
        try
        {
            return await RenderAndStoreAsync(job, cancellationToken);
        }
        catch (OperationCanceledException) when (job.CancelRequested.IsCancellationRequested)
        {
            return new LocalRenderState.Canceled();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interrupted(LocalRenderErrors.Stopping, TimeSpan.Zero);
        }
        catch (MediaStoreFullException)
        {
            return Interrupted(LocalRenderErrors.StorageFull, RetryDelay);
        }
        catch (MediaStoreUnavailableException exception)
        {
            LogStoreAway(exception, job.Request.GenerationId, job.Request.Attempt);
            return Interrupted(LocalRenderErrors.StorageAway, RetryDelay);
        }
        catch (Exception exception)
        {
            // The last line of defense: whatever a render threw, the user must not wait for it forever.
            LogBug(exception, job.Request.GenerationId, job.Request.Attempt);
            return new LocalRenderState.Failed(LocalRenderErrors.Unexpected);
        }
    }

    private async Task<LocalRenderState> RenderAndStoreAsync(LocalRenderJob job, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await media.ExistsAsync(MediaKind.Original, job.Request.OriginalName, cancellationToken))
        {
            return new LocalRenderState.Stored();
        }

        using var target = media.CreateScratch(".mp4");
        switch (await job.Render(target, job, cancellationToken))
        {
            case LocalRenderResult.Failed failed:
                return new LocalRenderState.Failed(failed.Error, failed.Scope);
            case LocalRenderResult.Interrupted interrupted:
                return Interrupted(interrupted.Error, interrupted.RetryAfter);
            default:
                await media.SaveAsync(MediaKind.Original, job.Request.OriginalName, target, cancellationToken);
                return new LocalRenderState.Stored();
        }
    }

    private LocalRenderState.Interrupted Interrupted(GenerationError error, TimeSpan delay) =>
        new(error, time.GetUtcNow() + delay, delay);

    private LocalRenderState WithRetryAfter(LocalRenderJob job, LocalRenderState state) =>
        state is LocalRenderState.Interrupted interrupted
        ? interrupted with { RetryAfter = interrupted.RetryAfter - time.GetElapsedTime(job.EndedAt) }
        : state;

    [LoggerMessage(LogLevel.Information, "Render of {GenerationId}, attempt {Attempt}, ended as {State}")]
    private partial void LogEnd(string generationId, int attempt, string state);

    [LoggerMessage(LogLevel.Warning, "Render of {GenerationId}, attempt {Attempt}, waits for the media store")]
    private partial void LogStoreAway(Exception exception, string generationId, int attempt);

    [LoggerMessage(LogLevel.Error, "Render of {GenerationId}, attempt {Attempt}, threw")]
    private partial void LogBug(Exception exception, string generationId, int attempt);
}
