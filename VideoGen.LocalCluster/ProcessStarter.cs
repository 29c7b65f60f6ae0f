using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VideoGen.LocalCluster;

/// <summary>
/// Starts processes that end with this one, even when it is killed. Linux ties a child to the thread that started it, not to the
/// process, and a thread of the pool may go: one thread starts them all and lives as long as this.
/// </summary>
internal sealed class ProcessStarter : IAsyncDisposable
{
    private const long MaxLogBytes = 64 * 1024 * 1024;

    // The process itself writes its log: nothing is lost, and nothing stalls, when this program ends first.
    private static readonly string[] ToLog = ["/bin/sh", "-c", """exec "$0" "$@" >>"$VIDEOGEN_LOG" 2>&1"""];

    // A session of its own: Ctrl-C reaches this program only, which stops the others in their order.
    private static readonly string[] Wrapping = OperatingSystem.IsLinux()
        ? ["setsid", "setpriv", "--pdeathsig", "TERM", .. ToLog]
        : ToLog;

    private readonly BlockingCollection<Action> _orders = new(boundedCapacity: 64);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProcessStarter() => new Thread(Work) { IsBackground = true, Name = nameof(ProcessStarter) }.Start();

    public Task<Process> StartAsync(ProcessPlan plan)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _orders.Add(() =>
        {
            try
            {
                started.SetResult(Start(plan));
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _orders.CompleteAdding();
        await _ended.Task;
        _orders.Dispose();
    }

    private static Process Start(ProcessPlan plan)
    {
        if (new FileInfo(plan.LogFile) is { Exists: true, Length: > MaxLogBytes } log)
        {
            log.MoveTo(plan.LogFile + ".old", overwrite: true);
        }

        string[] command = [.. Wrapping, .. plan.Command];
        var start = new ProcessStartInfo(command[0], command[1..]);
        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["VIDEOGEN_LOG"] = plan.LogFile;
        return Process.Start(start)!;
    }

    private void Work()
    {
        foreach (var order in _orders.GetConsumingEnumerable())
        {
            order();
        }

        _ended.SetResult();
    }
}

internal static class Signals
{
    private const int Terminate = 15;

    /// <summary>SIGTERM; a process that is gone already is fine.</summary>
    public static void Stop(this Process process) => _ = Send(process.Id, Terminate);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Send(int process, int signal);
}
