using StackExchange.Redis;

namespace VideoGen.Silo.Hosting;

/// <summary>The one connection to a cluster's Redis that all providers of a process share.</summary>
public static class RedisConnection
{
    /// <summary>Registers it; it connects when it is first asked for, goes on trying for ever, and no call waits for ever.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services, string connectionString) =>
        services.AddKeyedSingleton<IConnectionMultiplexer>(SiloComposition.RedisKey, (_, _) =>
        {
            var options = ConfigurationOptions.Parse(connectionString);
            options.AbortOnConnectFail = false;
            options.ClientName ??= "videogen";
            return ConnectionMultiplexer.Connect(options);
        });
}
