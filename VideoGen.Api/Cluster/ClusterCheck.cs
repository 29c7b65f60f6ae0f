using Microsoft.Extensions.Diagnostics.HealthChecks;
using VideoGen.Grains.History;

namespace VideoGen.Api.Cluster;

/// <summary>
/// Whether a silo is connected; without one an API process can take no order. A single grain must not decide it: when its silo
/// hangs, all API processes would be taken out of service at once.
/// </summary>
internal sealed class ClusterCheck(ClusterConnection connection, IGrainFactory grains) : IHealthCheck
{
    /// <summary>A history of nobody: asking for it costs one grain in memory, which is gone again when nobody asks any more.</summary>
    private const string Probe = "probe";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
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
            // The client connects again when it is used, and nobody uses one that is out of service.
            await grains.GetGrain<IHistoryGrain>(Probe).GetPageAsync(before: null, limit: 1).WaitAsync(Patience, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The cluster does not respond.", exception);
        }
    }
}
