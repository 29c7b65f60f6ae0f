using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace VideoGen.LocalCluster;

/// <summary>Keeps one process running: starts it, watches it, and starts it again when it ends by itself.</summary>
internal sealed class Supervised(ProcessPlan plan, ProcessStarter starter, TimeProvider time, Action<ProcessStatus> changed)
{
    /// <summary>Added to the number of the signal, it is the exit code of a process that was killed.</summary>
    private const int KilledBy = 128;

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ProcessStatus _status = new(plan, ProcessState.NotStarted, null, 0, null);

    public ProcessStatus Status => _status;

    public Tier Tier => plan.Tier;

    /// <summary>Ends when it was ready for the first time.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Runs until <paramref name="stop"/>, then asks the process to end; <paramref name="kill"/> makes it.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken kill)
    {
        for (var pause = FirstPause; !stop.IsCancellationRequested;)
        {
            var (wasReady, remark) = await RunOnceAsync(stop, kill);
            if (stop.IsCancellationRequested)
            {
                break;
            }

            pause = wasReady ? FirstPause : pause;
            Set(ProcessState.Down, null, $"{remark}; again in {pause.TotalSeconds:0} s");
            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
            _status = _status with { Restarts = _status.Restarts + 1 };
        }

        Set(ProcessState.Stopped, null);
    }

    /// <summary>Whether it got ready, and how it ended.</summary>
    private async Task<(bool WasReady, string Remark)> RunOnceAsync(CancellationToken stop, CancellationToken kill)
    {
        try
        {
            using var process = await starter.StartAsync(plan);
            Set(ProcessState.Starting, process.Id);
            var exit = process.WaitForExitAsync(CancellationToken.None);
            var wasReady = await ProbeAsync(process.Id, exit, stop);
            if (!exit.IsCompleted)
            {
                await StopAsync(process, exit, kill);
            }

            return (wasReady, Explain(process.ExitCode));
        }
        catch (Win32Exception missing)
        {
            return (false, missing.Message);
        }
    }

    private string Explain(int exitCode) => exitCode > KilledBy
        ? string.Create(CultureInfo.InvariantCulture, $"killed by signal {exitCode - KilledBy}")
        : string.Create(CultureInfo.InvariantCulture, $"exit {exitCode}: {LogTail.Read(plan.LogFile)}");

    /// <summary>Until it ends, or is to be stopped.</summary>
    private async Task<bool> ProbeAsync(int id, Task exit, CancellationToken stop)
    {
        var wasReady = false;
        while (!exit.IsCompleted && !stop.IsCancellationRequested)
        {
            if (await IsReadyAsync(stop))
            {
                wasReady = true;
                Set(ProcessState.Ready, id);
                _ready.TrySetResult();
            }
            else if (wasReady && !exit.IsCompleted)
            {
                Set(ProcessState.NotReady, id);
            }

            await Task.WhenAny(exit, Task.Delay(ProbeInterval, time, stop));
        }

        return wasReady;
    }

    private async Task<bool> IsReadyAsync(CancellationToken stop)
    {
        try
        {
            return await Health.IsReadyAsync(plan.Health, stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task StopAsync(Process process, Task exit, CancellationToken kill)
    {
        Set(ProcessState.Stopping, process.Id);
        process.Stop();
        await Task.WhenAny(exit, Task.Delay(StopPatience, time, kill));
        if (!exit.IsCompleted)
        {
            process.Kill();
        }

        await exit;
    }

    private void Set(ProcessState state, int? id, string? remark = null)
    {
        var before = _status;
        _status = before with { State = state, Id = id, Remark = remark };
        if (before.State != state)
        {
            changed(_status);
        }
    }
}
