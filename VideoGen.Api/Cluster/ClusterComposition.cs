using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using VideoGen.Api.EmbeddedStore;
using VideoGen.Api.Subscriptions;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Media;
using VideoGen.Grains.Notifications;
using VideoGen.Grains.Timing;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Hosting;
using VideoGen.Silo.Notifications;
using VideoGen.Silo.Redis;
using VideoGen.Silo.Storage;

namespace VideoGen.Api.Cluster;

/// <summary>Selects where the grains run: in a cluster that is found through Redis, or, without Redis, in this process.</summary>
internal static class ClusterComposition
{
    public static void AddCluster(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(RedisConnection.Key) is { Length: > 0 } redis)
        {
            builder.AddClient(redis);
        }
        else
        {
            builder.AddStandalone();
        }
    }

    private static void AddClient(this WebApplicationBuilder builder, string redis)
    {
        builder.Services.AddRedis(redis);
        builder.Services.TryAddSingleton<TimeProvider>(new SteadyTimeProvider(TimeProvider.System));
        builder.Services.AddGrainInterfaceNames();
        builder.Services.AddSingleton<ClusterConnection>();
        builder.Services.AddSingleton<ILifecycleParticipant<IClusterClientLifecycle>>(Connection);
        builder.Services.AddSingleton<IClusterConnectionStatusObserver>(Connection);
        builder.UseOrleansClient(client => client
            .AddRedisProviders()
            .AddTracePropagation()
            .Configure<ClusterOptions>(RedisProviders.NameCluster)
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(9))
            .AddOutgoingGrainCallFilter<GrainCallRetryFilter>()
            .UseConnectionRetryFilter<WaitForCluster>());
        builder.Services.AddSingleton<NotificationChannels>();
        builder.Services.AddHostedService<RedisSubscriptions>();
        builder.AddRedisTracing(RedisConnection.Key);
        builder.Services.AddHealthChecks().AddCheck<ClusterCheck>("cluster");

        // The web server does not wait for the cluster: it serves probes and media, and answers other requests with a 503.
        builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        builder.AddIntake();
    }

    /// <summary>
    /// One silo, the embedded store, and a membership that lasts as long as the process. A data directory has only one process,
    /// so there is never a predecessor to wait for.
    /// </summary>
    private static void AddStandalone(this WebApplicationBuilder builder)
    {
        var media = new MediaOptions();
        builder.Configuration.GetSection(MediaOptions.Section).Bind(media);
        builder.Services.AddEmbeddedStore(new EmbeddedStoreOptions(media.DataDirectory), RedisConnection.Key);
        builder.AddVideoGenSilo(silo => silo
            .AddOutgoingGrainCallFilter<GrainCallRetryFilter>()
            .WaitForCommits<EmbeddedStoreHost>()
            .UseLocalhostClustering(gatewayPort: 0, serviceId: "videogen", clusterId: "videogen")
            .Configure<EndpointOptions>(options => options.SiloListeningEndpoint = AnyPort)
            .Configure<ClusterOptions>(options => silo.Configuration.GetSection("Orleans").Bind(options)));
        builder.Services.AddSingleton<IGenerationNotifications, NotificationsInProcess>();
        builder.Services.AddSingleton<DiskHeadroom>();
        builder.Services.AddSingleton<IStorageHeadroom, StoreHeadroom>();
    }

    private static ClusterConnection Connection(IServiceProvider services) => services.GetRequiredService<ClusterConnection>();

    /// <summary>
    /// Several standalone instances can share a machine. The silo port is part of the name of a silo only: nothing connects to
    /// the one silo of a process, so it listens where the system has room.
    /// </summary>
    private static IPEndPoint AnyPort => new(IPAddress.Loopback, 0);
}
