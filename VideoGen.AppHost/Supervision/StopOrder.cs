using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VideoGen.AppHost.Supervision;

/// <summary>
/// Stops some resources one after the other before Aspire stops everything. The orchestrator kills a process six seconds after
/// asking it to stop, but a silo that waits for the response to a paid submit may need 132 seconds. A second signal ends the
/// wait.
/// </summary>
internal sealed partial class StopOrder(
    IReadOnlyList<IResource> order, Replicas replicas, ResourceNotificationService notifications, ILogger<StopOrder> logger)
    : IHostedService
{
    /// <summary>How long one resource may take to stop.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(140);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var impatience = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndWaiting);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndWaiting);
        foreach (var resource in order)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, impatience.Token);
            limit.CancelAfter(StopTimeout);
            LogStopping(resource.Name);
            await Task.WhenAll(replicas.Of(resource.Name).Select(id => StopAsync(id, limit.Token)))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (limit.IsCancellationRequested)
            {
                LogLeft(resource.Name);
            }
            else
            {
                LogStopped(resource.Name);
            }
        }

        void EndWaiting(PosixSignalContext signal)
        {
            signal.Cancel = true;
            impatience.Cancel();
        }
    }

    private async Task StopAsync(string id, CancellationToken cancellationToken)
    {
        // Windows has no SIGTERM, so Aspire stops everything in its own way there.
        if (!OperatingSystem.IsWindows()
            && notifications.TryGetCurrentState(id, out var current) && current.Snapshot.ProcessId() is { } process)
        {
            ResourceProcess.Stop(process);
            await notifications.WaitForResourceAsync(
                current.Resource.Name, change => change.ResourceId == id && change.Snapshot.HasEnded(), cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Stopping {Resource}")]
    private partial void LogStopping(string resource);

    [LoggerMessage(LogLevel.Information, "{Resource} has stopped")]
    private partial void LogStopped(string resource);

    [LoggerMessage(LogLevel.Warning, "{Resource} did not stop in time and is killed")]
    private partial void LogLeft(string resource);
}
