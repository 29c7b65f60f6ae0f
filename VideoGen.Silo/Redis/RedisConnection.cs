using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackExchange.Redis;
using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Redis;

/// <summary>The one connection to a cluster's Redis that all providers of a process share.</summary>
public static class RedisConnection
{
    /// <summary>
    /// The name of the keyed <see cref="IConnectionMultiplexer"/> that clustering, grain state and reminders share; also the name of
    /// the connection string, as Aspire injects it.
    /// </summary>
    public const string Key = "redis";

    /// <summary>
    /// Registers it; it connects when it is first asked for, goes on trying for ever, and no call waits for ever. The start ends
    /// where Redis refuses it, and warns of a Redis that does not keep what it accepts.
    /// </summary>
    /// <exception cref="StartupException">The connection string cannot be read.</exception>
    public static IServiceCollection AddRedis(this IServiceCollection services, string connectionString)
    {
        var options = Patient(RedisAddress.Parse(connectionString));
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<RedisStartCheck>(provider, options));
        return services.AddKeyedSingleton<IConnectionMultiplexer>(Key, (_, _) => Connect(options));
    }

    /// <summary>Where it is, in words for a log: host and port, and nothing of the credentials.</summary>
    public static string Address(this IConnectionMultiplexer redis) => Address(redis.GetEndPoints(configuredOnly: true));

    internal static string Address(IEnumerable<EndPoint> endPoints) =>
        string.Join(", ", endPoints.Select(end => end is DnsEndPoint name ? $"{name.Host}:{name.Port}" : $"{end}"));

    /// <summary>Whether it answers right now. A server that is still reading its files does not.</summary>
    public static async Task<bool> AnswersAsync(this IConnectionMultiplexer redis, CancellationToken cancellationToken)
    {
        if (!redis.IsConnected)
        {
            return false;    // a command would wait for the connection
        }

        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    }

    private static ConnectionMultiplexer Connect(ConfigurationOptions options)
    {
        try
        {
            return ConnectionMultiplexer.Connect(options);
        }
        catch (RedisConnectionException exception) when (options.ServiceName is { } primary)
        {
            throw new StartupException(
                $"No Sentinel at {Address(options.EndPoints)} knows the primary {primary}. Start the Sentinels first, or correct their "
                + "addresses and serviceName in ConnectionStrings__redis.", exception);
        }
    }

    private static ConfigurationOptions Patient(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = false;
        options.ClientName ??= "videogen";
        options.ReconnectRetryPolicy = new LinearRetry(1000);    // the default waits up to a minute for one that is back
        options.SocketManager = SocketManager.ThreadPool;    // nothing blocks ours; threads of its own cost a switch for each answer
        return options;
    }
}
