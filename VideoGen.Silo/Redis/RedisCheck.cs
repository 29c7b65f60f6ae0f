using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace VideoGen.Silo.Redis;

/// <summary>Checks whether the grain state store responds, whether it is the cluster's Redis or the embedded one.</summary>
internal sealed class RedisCheck(IServiceProvider services) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken =
        default)
    {
        try
        {
            var redis = services.GetRequiredKeyedService<IConnectionMultiplexer>(RedisConnection.Key);
            return await redis.AnswersAsync(cancellationToken).WaitAsync(Timeout, cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The store does not respond.");
        }
        catch (TimeoutException exception)
        {
            return HealthCheckResult.Unhealthy("The store does not respond.", exception);
        }
    }
}
