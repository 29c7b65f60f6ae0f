using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VideoGen.AppHost.Supervision;

/// <summary>
/// Stops some resources one after the other before Aspire ends everything. The orchestrator kills what has not ended six
/// seconds after it was asked to; a silo that waits for the answer to a paid submit may need 132 seconds. A second signal
/// ends the waiting.
/// </summary>
internal sealed partial class StopOrder(
    IReadOnlyList<IResource> order, Replicas replicas, ResourceNotificationService notifications, ILogger<StopOrder> logger)
    : IHostedService
{
    /// <summary>How long one of them may take to stop.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(140);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var impatience = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndWaiting);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndWaiting);
        foreach (var resource in order)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, impatience.Token);
            limit.CancelAfter(Patience);
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
        // Windows has no SIGTERM: there Aspire stops everything in its own way.
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

    [LoggerMessage(LogLevel.Warning, "{Resource} has not stopped in time and is killed")]
    private partial void LogLeft(string resource);
}
