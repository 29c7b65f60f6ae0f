using Microsoft.Extensions.Diagnostics.HealthChecks;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;

namespace VideoGen.Api.Cluster;

/// <summary>
/// Checks that a silo is connected: without one an API process can accept no request. The check must not depend on a single
/// grain: if the silo of that grain hung, all API processes would be taken out of service at once.
/// </summary>
internal sealed class ClusterCheck(ClusterConnection connection, IGrainFactory grains) : IHealthCheck
{
    /// <summary>The history of a nonexistent owner. Reading it activates one grain, which is collected when it is idle.</summary>
    private const string Probe = "probe";

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (connection.IsConnected)
        {
            return HealthCheckResult.Healthy();
        }

        if (!connection.HasJoined)
        {
            return HealthCheckResult.Unhealthy("Not connected to the cluster yet.");
        }

        try
        {
            // The client reconnects only when it is used, and a process that is out of service gets no requests.
            await grains.Grain<IHistoryGrain>(Probe).GetPageAsync(before: null, limit: 1)
                .WaitAsync(ProbeTimeout, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The cluster does not respond.", exception);
        }
    }
}
