using System.Collections.Concurrent;
using System.Threading.Channels;
using VideoGen.FakeVideos.Books;
using VideoGen.FakeVideos.Faults;
using VideoGen.FakeVideos.Rendering;

namespace VideoGen.FakeVideos.Jobs;

/// <summary>Runs the jobs in the order of their arrival, as many at once as the settings said at the start.</summary>
internal sealed class JobRunner(
    JobStore jobs, FaultBook faults, VideosSettingsBoard settings, VideoRenderer renderer, KillSwitch life, TimeProvider time)
    : BackgroundService
{
    private const int Waiting = 10_000;

    private readonly Channel<string> _queue = Channel.CreateBounded<string>(Waiting);
    private readonly ConcurrentDictionary<string, Run> _runs = [];

    /// <summary>Takes a job; false when too many wait, or the server is dead.</summary>
    public bool Accept(VideoJob job)
    {
        _runs[job.Id] = new();
        if (jobs.Add(job) && _queue.Writer.TryWrite(job.Id))
        {
            return true;
        }

        jobs.Abort(job.Id);
        _runs.TryRemove(job.Id, out _);
        return false;
    }

    /// <summary>Stops a job and removes it; null when it is gone.</summary>
    public VideoJob? Abort(string id)
    {
        var job = jobs.Abort(id);
        if (job is not null && _runs.TryGetValue(id, out var run))
        {
            run.Aborted.Cancel();
        }

        return job;
    }

    /// <summary>Waits until a job has ended or is gone.</summary>
    public Task WaitAsync(string id, CancellationToken cancellationToken) =>
        _runs.TryGetValue(id, out var run) ? run.Ended.Task.WaitAsync(cancellationToken) : Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, settings.Current.RunsAtOnce).Select(_ => LoopAsync(life.Dead)));

    private async Task LoopAsync(CancellationToken dead)
    {
        try
        {
            await foreach (var id in _queue.Reader.ReadAllAsync(dead))
            {
                await RunAsync(id, dead);
            }
        }
        catch (OperationCanceledException) when (dead.IsCancellationRequested)
        {
            // The server has died; its jobs are entered as lost.
        }
    }

    private async Task RunAsync(string id, CancellationToken dead)
    {
        if (!_runs.TryGetValue(id, out var run))
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(dead, run.Aborted.Token);
        try
        {
            await RenderAsync(id, stop.Token);
        }
        catch (OperationCanceledException) when (run.Aborted.IsCancellationRequested && !dead.IsCancellationRequested)
        {
            // It was deleted, and that is in the books.
        }
        finally
        {
            _runs.TryRemove(id, out _);
            run.Ended.TrySetResult();
        }
    }

    private async Task RenderAsync(string id, CancellationToken stop)
    {
        if (Start(id) is not ({ } job, var faults))
        {
            return;
        }

        var encoding = renderer.RenderAsync(job.Request.Spec, stop);
        await Task.WhenAll(encoding, WaitAsync(job, faults, stop));
        var problem = await encoding is { } text ? new JobFailure(500, text) : null;
        var failure = faults.Fail is { } fail ? new JobFailure(fail.Code ?? 500, fail.Message ?? "CUDA out of memory") : problem;
        var ended = jobs.Update(
            id,
            job => job with
            {
                Phase = failure is null ? JobPhase.Completed : JobPhase.Failed,
                CompletedAt = time.GetUtcNow(),
                Failure = failure,
                VideoFile = failure is null ? job.Request.Spec.FileName : null,
                IsInStorage = faults.Storage is not null,
            },
            failure?.Message,
            failure is null ? BookEvent.RunFinished : BookEvent.RunFailed);
        if (ended is not null && faults.RestartAfterFinish is { } after)
        {
            life.Restart(after.Time(0));
        }
    }

    private async Task WaitAsync(VideoJob job, RunFaults faults, CancellationToken stop)
    {
        if (faults.RestartWhileRunning is { } restart)
        {
            await Task.Delay(job.RenderTime / 2, time, stop);
            life.Restart(restart.Time(0));
        }

        await Task.Delay(job.RenderTime, time, stop);
    }

    private (VideoJob Job, RunFaults Faults)? Start(string id)
    {
        var current = settings.Current;
        RunFaults? taken = null;
        ReadOnlySpan<BookEvent> charged = [BookEvent.RunStarted, BookEvent.RunCharged];
        var job = jobs.Update(
            id,
            job =>
            {
                taken = RunFaults.Take(faults, job.Request.Prompt);
                return job with
                {
                    Phase = JobPhase.Running,
                    StartedAt = time.GetUtcNow(),
                    RenderTime = taken.Time?.Time(current.RenderSeconds) ?? TimeSpan.FromSeconds(current.RenderSeconds),
                };
            },
            note: null,
            current.Charges ? charged : charged[..1]);
        return job is null ? null : (job, taken!);
    }

    private sealed class Run
    {
        public CancellationTokenSource Aborted { get; } = new();

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
