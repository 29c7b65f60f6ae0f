namespace VideoGen.Api.Cluster;

/// <summary>
/// An API process may be started before its silos or its Redis, and by itself the client gives up at once: it says what it waits
/// for, and goes on trying until it is stopped.
/// </summary>
internal sealed partial class WaitForCluster(TimeProvider time, ILogger<WaitForCluster> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogWaiting(exception.GetType().Name, exception.Message);
        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Waiting for the cluster, which can not be reached yet ({Kind}: {Reason})")]
    private partial void LogWaiting(string kind, string reason);
}
