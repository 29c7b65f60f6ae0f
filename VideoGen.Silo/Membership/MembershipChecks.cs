using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace VideoGen.Silo.Membership;

/// <summary>Readiness: the other silos consider this one active.</summary>
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

/// <summary>Liveness: fails when the membership table no longer lists this silo, because then only a restart helps.</summary>
internal sealed class ListedCheck(MembershipWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(watch.IsMissing
            ? HealthCheckResult.Unhealthy("The membership table no longer lists this silo.")
            : HealthCheckResult.Healthy());
}
