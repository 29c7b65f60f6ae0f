using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace VideoGen.Silo.Membership;

/// <summary>Ready: the other silos count on this one.</summary>
internal sealed class ActiveCheck(IClusterMembershipService membership, ILocalSiloDetails silo) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = membership.CurrentSnapshot.GetSiloStatus(silo.SiloAddress);
        return Task.FromResult(status is SiloStatus.Active
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"This silo is {status} in its cluster."));
    }
}

/// <summary>Alive: a restart would change nothing, because the membership table still lists this silo.</summary>
internal sealed class ListedCheck(MembershipWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(watch.IsMissing
            ? HealthCheckResult.Unhealthy("The membership table no longer lists this silo.")
            : HealthCheckResult.Healthy());
}
