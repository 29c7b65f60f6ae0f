using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VideoGen.AppHost.Supervision;

/// <summary>
/// Restarts a supervised process that exited by itself, after a delay that grows with every exit until a run has lasted. A
/// process that was stopped on the dashboard stays stopped.
/// </summary>
internal sealed partial class Restarts(
    Replicas replicas, ResourceNotificationService notifications, ResourceCommandService commands, ResourceLoggerService loggers,
    TimeProvider time)
    : BackgroundService
{
    private const string Count = "Restarts";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Run> _runs = [];

    private sealed class Run
    {
        public TimeSpan Pause { get; set; } = FirstPause;

        public int Restarts { get; set; }

        /// <summary>The delay and restart after the last exit; completed while the process runs.</summary>
        public Task Restart { get; set; } = Task.CompletedTask;

        /// <summary>The timestamp of the last start.</summary>
        public long Began { get; set; }

        public bool HasBegun { get; set; }

        /// <summary>Whether the process was stopped on the dashboard.</summary>
        public bool IsStopped { get; set; }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (change.Resource.HasAnnotationOfType<SupervisedAnnotation>() && change.ResourceId != change.Resource.Name)
                {
                    Follow(change, stoppingToken);
                }
            }
        }
        finally
        {
            await Task.WhenAll(_runs.Values.Select(run => run.Restart)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Follow(ResourceEvent change, CancellationToken stopping)
    {
        replicas.Add(change.ResourceId, change.Resource);
        if (!_runs.TryGetValue(change.ResourceId, out var run))
        {
            _runs.Add(change.ResourceId, run = new());
        }

        var state = change.Snapshot.State?.Text;
        if (state == KnownResourceStates.Starting || state == KnownResourceStates.Running)
        {
            run.Began = run.HasBegun ? run.Began : time.GetTimestamp();
            (run.HasBegun, run.IsStopped) = (true, false);
        }
        else if (state == KnownResourceStates.Stopping)
        {
            run.IsStopped = true;
        }
        else if (change.Snapshot.HasEnded() && run is { HasBegun: true, IsStopped: false, Restart.IsCompleted: true })
        {
            run.HasBegun = false;
            run.Pause = time.GetElapsedTime(run.Began) > LongestPause ? FirstPause : run.Pause;
            run.Restart = RestartAsync(change, run, stopping);
        }
    }

    private async Task RestartAsync(ResourceEvent ended, Run run, CancellationToken stopping)
    {
        var logger = loggers.GetLogger(ended.ResourceId);
        do
        {
            var pause = run.Pause;
            run.Pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
            run.Restarts++;
            LogEnded(logger, ended.Snapshot.ExitCode, pause.TotalSeconds);
            await Task.Delay(pause, time, stopping);
            await notifications.PublishUpdateAsync(
                ended.Resource, ended.ResourceId, snapshot => snapshot with { Properties = Counted(snapshot, run.Restarts) });
        }
        while (!(await commands.ExecuteCommandAsync(ended.ResourceId, KnownResourceCommands.StartCommand, stopping)).Success);
    }

    private static ImmutableArray<ResourcePropertySnapshot> Counted(
        CustomResourceSnapshot snapshot, int restarts) =>
        [.. snapshot.Properties.Where(property => property.Name != Count), new(Count, restarts)];

    [LoggerMessage(LogLevel.Warning, "The process exited unexpectedly (exit code {ExitCode}); restarting it in {Seconds} s")]
    private static partial void LogEnded(ILogger logger, int? exitCode, double seconds);
}
