using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace VideoGen.Silo.Redis;

/// <summary>Whether the store of grain state answers, be it the cluster's Redis or the embedded one.</summary>
internal sealed class RedisCheck(IServiceProvider services) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var redis = services.GetRequiredKeyedService<IConnectionMultiplexer>(RedisConnection.Key);
            return await redis.AnswersAsync(cancellationToken).WaitAsync(Patience, cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The store does not answer.");
        }
        catch (TimeoutException exception)
        {
            return HealthCheckResult.Unhealthy("The store does not answer.", exception);
        }
    }
}
