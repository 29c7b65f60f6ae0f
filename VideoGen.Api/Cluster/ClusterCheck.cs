using Microsoft.Extensions.Diagnostics.HealthChecks;
using VideoGen.Grains.Contracts;

namespace VideoGen.Api.Cluster;

/// <summary>Whether the silos answer; without them an API process can take no order.</summary>
internal sealed class ClusterCheck(IGrainFactory grains) : IHealthCheck
{
    /// <summary>A history of nobody: asking for it costs one grain in memory, which is gone again when nobody asks any more.</summary>
    private const string Probe = "probe";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await grains.GetGrain<IHistoryGrain>(Probe).GetPageAsync(before: null, limit: 1).WaitAsync(Patience, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The cluster does not answer.", exception);
        }
    }
}
