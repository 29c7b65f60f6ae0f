using System.Net;
using StackExchange.Redis;

namespace VideoGen.Silo.Hosting;

/// <summary>The one connection to a cluster's Redis that all providers of a process share.</summary>
public static class RedisConnection
{
    /// <summary>Registers it; it connects when it is first asked for, goes on trying for ever, and no call waits for ever.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services, string connectionString) =>
        services.AddKeyedSingleton<IConnectionMultiplexer>(
            SiloComposition.RedisKey, (_, _) => ConnectionMultiplexer.Connect(Options(connectionString)));

    /// <summary>Where it is, in words for a log: host and port, and nothing of the credentials.</summary>
    public static string Address(this IConnectionMultiplexer redis) => string.Join(
        ", ", redis.GetEndPoints(configuredOnly: true).Select(end => end is DnsEndPoint name ? $"{name.Host}:{name.Port}" : $"{end}"));

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

    private static ConfigurationOptions Options(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = false;
        options.ClientName ??= "videogen";
        options.ReconnectRetryPolicy = new LinearRetry(1000);    // the default waits up to a minute for one that is back
        options.SocketManager = SocketManager.ThreadPool;    // nothing blocks ours; threads of its own cost a switch for each answer
        return options;
    }
}
