using VideoGen.FakeComfy.Faults;
using VideoGen.FakeComfy.Lives;
using VideoGen.FakeComfy.Prompts;

namespace VideoGen.FakeComfy.Rendering;

/// <summary>The GPU: takes one run after the other until the server dies.</summary>
internal sealed class Worker(Life life)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly ComfyState _state = life.State;

    public async Task WorkAsync()
    {
        try
        {
            while (true)
            {
                var (run, interrupted) = await life.Queue.TakeAsync(life.Token);
                using var token = CancellationTokenSource.CreateLinkedTokenSource(life.Token, interrupted);
                await WorkAsync(run, token.Token);
            }
        }
        catch (OperationCanceledException) when (life.Token.IsCancellationRequested)
        {
            // The server died; the queue has booked what was lost.
        }
    }

    private async Task WorkAsync(Run run, CancellationToken token)
    {
        var nodes = run.Outputs.Count > 0 ? run.Graph.Upstream(run.Outputs) : [.. run.Graph.Nodes];
        var plan = RenderPlan.From(run.Graph, nodes, run.Outputs, _state.Files);
        var report = new RunReport(life, run, nodes);
        Failure? failure = null;
        IReadOnlyDictionary<string, byte[]> made = new Dictionary<string, byte[]>();
        var cached = run.Fault(FaultKind.CachedWithFiles) ?? run.Fault(FaultKind.CachedWithoutOutputs);
        report.Start(cached is not null);
        try
        {
            if (cached is null)
            {
                made = await RenderAsync(run, plan, report, token);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Interrupted, or the server died: ending the run tells which.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Like ComfyUI: whatever goes wrong in a run is the end of that run only.
            failure = new(exception.Message, exception is RunFailedException ? "torch.OutOfMemoryError" : "Exception");
        }

        var earlier = cached?.Fault == FaultKind.CachedWithFiles ? life.Queue.History.LastOutputs : null;
        if (!life.Queue.TryEnd(interrupted => report.End(plan, made, earlier, failure, interrupted)))
        {
            return;
        }

        report.TellEnd();
        if (run.Fault(FaultKind.RestartAfterFinish) is { } restart)
        {
            life.Restart(restart.Time());
        }
    }

    private async Task<IReadOnlyDictionary<string, byte[]>> RenderAsync(
        Run run, RenderPlan plan, RunReport report, CancellationToken token)
    {
        var encodes = plan.Saves.Select(save => save.Extension).Distinct()
            .ToDictionary(extension => extension, extension => _state.Encoder.MakeAsync(plan, extension));

        // The encoder owns the encodes: it goes on with them for the next run where this one ends early.
        await WaitAsync(run, plan, report, token);
        var made = new Dictionary<string, byte[]>();
        foreach (var (extension, encode) in encodes)
        {
            made[extension] = await encode.WaitAsync(token);
        }

        return made;
    }

    private async Task WaitAsync(Run run, RenderPlan plan, RunReport report, CancellationToken token)
    {
        var time = _state.Time;
        var length = run.Fault(FaultKind.RenderTime)?.Time() ?? _state.Settings.RenderTime;
        var ticks = (int)Math.Clamp(length / Tick, 1, plan.Steps);
        var started = time.GetTimestamp();
        for (var tick = 1; tick <= ticks; tick++)
        {
            var left = (length * tick / ticks) - time.GetElapsedTime(started);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, token);
            }

            token.ThrowIfCancellationRequested();
            report.Progress(plan.Steps * tick / ticks, plan.Steps);
            if (tick == (ticks + 1) / 2)
            {
                StrikeHalfway(run, token);
            }
        }
    }

    private void StrikeHalfway(Run run, CancellationToken token)
    {
        if (run.Fault(FaultKind.FailRun) is not null)
        {
            throw new RunFailedException("Allocation on device 0 would exceed allowed memory. (out of memory)");
        }

        if (run.Fault(FaultKind.InterruptRun) is not null)
        {
            life.Queue.Interrupt(run.Id);
        }

        if (run.Fault(FaultKind.RestartWhileRunning) is { } restart)
        {
            life.Restart(restart.Time());
        }

        token.ThrowIfCancellationRequested();
    }

    private sealed class RunFailedException(string message) : Exception(message);
}
