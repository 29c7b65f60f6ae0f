using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Persistence;
using Orleans.Providers;
using StackExchange.Redis;
using VideoGen.Grains.Idempotency;
using VideoGen.Silo.Reminders;

namespace VideoGen.Silo.Redis;

/// <summary>
/// Orleans' Redis providers on the shared connection <see cref="RedisConnection.Key"/>. A section that the operator or Aspire
/// configured is left to Orleans, which reads it by itself; the requirements of this service still apply.
/// </summary>
public static class RedisProviders
{
    /// <summary>Grain state and reminders, and the membership table unless silos find each other in another way.</summary>
    public static ISiloBuilder AddRedisProviders(this ISiloBuilder silo, bool isClustered)
    {
        if (isClustered && !IsConfigured(silo.Configuration, "Clustering"))
        {
            silo.UseRedisClustering(_ => { });
            silo.Services.AddOptions<RedisClusteringOptions>().Configure<IServiceProvider>(Share);
        }

        if (!IsConfigured(silo.Configuration, $"GrainStorage:{ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME}"))
        {
            silo.AddRedisGrainStorageAsDefault(options => options.Configure<IServiceProvider>(Share));
        }

        // However the store is configured, deleted user data must leave nothing behind.
        silo.Services.PostConfigure<RedisStorageOptions>(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, storage => storage.DeleteStateOnClear = true);

        silo.AddRedisGrainStorage(KeyStorage.Name, options => options.Configure<IServiceProvider>((storage, services) =>
        {
            Share(storage, services);
            storage.EntryExpiry = KeyStorage.Lifetime;
        }));

        return silo.AddShardedReminders();
    }

    /// <summary>The list of gateways. A client that is configured for more than clustering fails at startup.</summary>
    public static IClientBuilder AddRedisProviders(this IClientBuilder client)
    {
        if (!IsConfigured(client.Configuration, "Clustering"))
        {
            client.UseRedisClustering(_ => { });
            client.Services.AddOptions<RedisClusteringOptions>().Configure<IServiceProvider>(Share);
        }

        return client;
    }

    /// <summary>Both ids prefix every key, so they must not depend on the process.</summary>
    public static void NameCluster(ClusterOptions options)
    {
        options.ClusterId = options.ClusterId is null or "default" ? "videogen" : options.ClusterId;
        options.ServiceId = options.ServiceId is null or "default" ? "videogen" : options.ServiceId;
    }

    private static bool IsConfigured(IConfiguration configuration, string section) =>
        configuration.GetSection($"Orleans:{section}").Exists();

    private static void Share(RedisClusteringOptions options, IServiceProvider services) =>
        (options.ConfigurationOptions, options.CreateMultiplexer) = (new ConfigurationOptions(), _ => SharedAsync(services));

    private static void Share(RedisStorageOptions options, IServiceProvider services) =>
        (options.ConfigurationOptions, options.CreateMultiplexer) = (new ConfigurationOptions(), _ => SharedAsync(services));

    // Resolved when the silo starts instead of when it is built: the embedded store is not up before.
    private static Task<(IConnectionMultiplexer Multiplexer, bool IsShared)> SharedAsync(IServiceProvider services) =>
        Task.FromResult((services.GetRequiredKeyedService<IConnectionMultiplexer>(RedisConnection.Key), true));
}
