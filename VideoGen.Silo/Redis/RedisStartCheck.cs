using StackExchange.Redis;
using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Redis;

/// <summary>
/// Checks once whether Redis accepts this process and whether it keeps its data. The check waits for a Redis that is not up yet.
/// A rejection ends the start, because waiting would not help. It uses its own connection, which may need more permissions than
/// the shared one.
/// </summary>
internal sealed partial class RedisStartCheck(
    ConfigurationOptions shared, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RedisStartCheck> logger)
    : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!await TryAsync(cancellationToken))
            {
                await Task.Delay(Pause, time, cancellationToken);    // other components log what the process waits for
            }
        }
        catch (StartupException)
        {
            lifetime.StopApplication();    // services start concurrently: the others would wait forever
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>False when no server responds.</summary>
    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        var options = shared.Clone();
        (options.AbortOnConnectFail, options.ConnectRetry, options.AllowAdmin) = (true, 0, true);
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellationToken);
            foreach (var server in redis.GetServers().Where(server => server is { IsConnected: true, IsReplica: false }))
            {
                await InspectAsync(server, redis.Address());
            }

            return true;
        }
        catch (RedisConnectionException exception) when (exception.FailureType is ConnectionFailureType.AuthenticationFailure)
        {
            throw new StartupException(
                $"Redis at {RedisConnection.Address(shared.EndPoints)} rejected the user or password in "
                + "ConnectionStrings__redis, or requires a password and none is set.");
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    }

    private async Task InspectAsync(IServer server, string address)
    {
        string info;
        try
        {
            info = await server.InfoRawAsync() ?? "";
        }
        catch (RedisServerException exception)    // an ACL, or a service that disabled the command
        {
            LogUnchecked(address, exception.Message);
            return;
        }

        var policy = Value(info, "maxmemory_policy");
        var appends = Value(info, "aof_enabled");
        if (policy is null || appends is null)
        {
            LogUnchecked(address, "INFO does not contain the settings");
        }

        if (policy is not (null or "noeviction"))
        {
            LogEvicts(address, policy);
        }

        if (appends == "0")
        {
            LogForgets(address);
        }
    }

    /// <summary>Lines of <c>INFO</c>: <c>aof_enabled:1</c>.</summary>
    private static string? Value(string info, string name) => info.Split('\n')
        .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    [LoggerMessage(LogLevel.Warning,
        "Redis at {Address} has maxmemory-policy {Policy}: when its memory is full, it drops accepted generations; "
        + "set it to noeviction")]
    private partial void LogEvicts(string address, string policy);

    [LoggerMessage(LogLevel.Warning,
        "Redis at {Address} has appendonly no: a restart loses the generations accepted since its last snapshot; "
        + "set it to yes")]
    private partial void LogForgets(string address);

    [LoggerMessage(LogLevel.Warning,
        "Could not check the durability settings of Redis at {Address} ({Reason}): "
        + "it needs maxmemory-policy noeviction and an append-only file")]
    private partial void LogUnchecked(string address, string reason);
}
