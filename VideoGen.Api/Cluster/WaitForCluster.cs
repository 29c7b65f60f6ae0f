using StackExchange.Redis;
using VideoGen.Silo.Redis;

namespace VideoGen.Api.Cluster;

/// <summary>
/// Keeps connecting until the process stops, and logs what it waits for. By default the client gives up at once, but an API
/// process may start before its silos or Redis.
/// </summary>
internal sealed partial class WaitForCluster(
    [FromKeyedServices(RedisConnection.Key)] IConnectionMultiplexer redis, TimeProvider time, ILogger<WaitForCluster> logger)
    : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(5);

    private long? _lastLogged;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (_lastLogged is not { } last || time.GetElapsedTime(last) >= LogInterval)
        {
            _lastLogged = time.GetTimestamp();
            Log(exception);
        }

        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }

    private void Log(Exception exception)
    {
        if (redis.IsConnected)
        {
            LogNoSilo(exception.GetType().Name);
        }
        else
        {
            LogNoRedis(redis.Address());
        }
    }

    [LoggerMessage(LogLevel.Warning, "Waiting for Redis at {Address}")]
    private partial void LogNoRedis(string address);

    [LoggerMessage(LogLevel.Warning, "Waiting for a silo of the cluster ({Reason})")]
    private partial void LogNoSilo(string reason);
}
