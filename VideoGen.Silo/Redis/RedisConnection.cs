using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackExchange.Redis;
using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Redis;

/// <summary>The connection to the cluster's Redis that all providers of a process share.</summary>
public static class RedisConnection
{
    /// <summary>
    /// The name of the keyed <see cref="IConnectionMultiplexer"/> that clustering, grain state and reminders share; also the name
    /// of the connection string that Aspire injects.
    /// </summary>
    public const string Key = "redis";

    /// <summary>
    /// Registers the connection. It connects on first use and keeps trying, but no call waits forever. The start fails when Redis
    /// rejects the connection, and warns when Redis is not configured to keep its data.
    /// </summary>
    /// <exception cref="StartupException">The connection string is malformed.</exception>
    public static IServiceCollection AddRedis(this IServiceCollection services, string connectionString)
    {
        var options = Patient(RedisAddress.Parse(connectionString));
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<RedisStartCheck>(provider, options));
        return services.AddKeyedSingleton<IConnectionMultiplexer>(Key, (_, _) => Connect(options));
    }

    /// <summary>The address for log messages: host and port, without credentials.</summary>
    public static string Address(this IConnectionMultiplexer redis) => Address(redis.GetEndPoints(configuredOnly: true));

    internal static string Address(IEnumerable<EndPoint> endPoints) =>
        string.Join(", ", endPoints.Select(end => end is DnsEndPoint name ? $"{name.Host}:{name.Port}" : $"{end}"));

    /// <summary>Whether Redis responds right now. A server that is still loading its files does not.</summary>
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
        options.ReconnectRetryPolicy = new LinearRetry(1000);    // by default it may wait a minute after Redis is back
        // nothing blocks ours; threads of its own cost a switch for each answer
        options.SocketManager = SocketManager.ThreadPool;
        return options;
    }
}
