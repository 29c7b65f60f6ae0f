using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Quotas;
using VideoGen.Grains.RenderSlots;
using VideoGen.Grains.Retention;
using VideoGen.Grains.Settings;
using VideoGen.Grains.Storyboards;
using VideoGen.Grains.Timing;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Backends;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Preview;
using VideoGen.Silo.Imaging;
using VideoGen.Silo.Media;
using VideoGen.Silo.Membership;
using VideoGen.Silo.Notifications;
using VideoGen.Silo.Operator;
using VideoGen.Silo.Recovery;
using VideoGen.Silo.Redis;
using VideoGen.Silo.Retention;
using VideoGen.Silo.Submits;
using VideoGen.Silo.Video;
using VideoGen.Silo.Webhooks;

namespace VideoGen.Silo.Hosting;

/// <summary>Composes a silo, in the same way for a separate process and for one inside the API.</summary>
public static class SiloComposition
{
    /// <summary>
    /// The idle time after which a grain leaves memory. Reminders call each unfinished generation once a minute; reading a
    /// finished one again costs one Redis command.
    /// </summary>
    private static readonly TimeSpan IdleInMemory = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Adds the grains, the backends and the media tools. The caller registers the multiplexer <see cref="RedisConnection.Key"/>.
    /// With <paramref name="configure"/> the caller also chooses how silos find each other, by default the membership table in
    /// Redis, and registers the <see cref="Grains.Notifications.IGenerationNotifications"/>, which use Redis by default.
    /// </summary>
    public static IHostApplicationBuilder AddVideoGenSilo(this IHostApplicationBuilder builder, Action<ISiloBuilder>? configure =
        null)
    {
        builder.Services.TryAddSingleton<TimeProvider>(new SteadyTimeProvider(TimeProvider.System));
        builder.Services.AddSettings<GenerationOptions, GenerationOptionsValidator>(GenerationOptions.Section);
        builder.Services.AddSettings<RenderSlotOptions, RenderSlotOptionsValidator>(RenderSlotOptions.Section);
        builder.Services.AddSettings<QuotaOptions, QuotaOptionsValidator>(QuotaOptions.Section);
        if (configure is null)
        {
            builder.Services.AddRedisNotifications();    // registered before the silo, so that it stops after it
        }

        builder.AddIntake();
        builder.Services.AddVideoTools();
        builder.Services.AddWebhooks();
        builder.Services.AddBackends().AddPreviewBackend();
        builder.Services.AddHostedService<ServersAtStart>();
        builder.Services.AddGenerations().AddStoryboards().AddSubmits();
        builder.UseOrleans(silo =>
        {
            silo.AddGrainService<LocalRenderService>();
            silo.Services.AddSingleton<IRenderSites, ClusterSites>();
            silo.AddRedisProviders(isClustered: configure is null);
            silo.Configure<ClusterOptions>(RedisProviders.NameCluster);
            silo.UseSystemTextJsonGrainStorageSerializer();
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(15));
            silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = IdleInMemory);
            silo.AddTracePropagation();
            silo.Services.AddGrainInterfaceNames();
            silo.AddOperatorPages();
            (configure ?? JoinCluster)(silo);
        });
        builder.AddRedisTracing(RedisConnection.Key);
        builder.Services.AddSingleton<LeadingSilo>();
        builder.Services.AddRecovery();
        builder.Services.AddRetention().AddHostedService<RetentionService>();
        builder.Services.AddHealthChecks().AddCheck<ActiveCheck>("silo").AddCheck<RedisCheck>("store");
        return builder;
    }

    /// <summary>Adds what an API process needs besides a cluster client: picture intake and the media store.</summary>
    public static IHostApplicationBuilder AddIntake(this IHostApplicationBuilder builder)
    {
        builder.AddMedia();
        builder.Services.AddImaging();
        return builder;
    }

    private static void JoinCluster(ISiloBuilder silo)
    {
        silo.AddMembership();
        silo.UsePodIdentity();
    }

    private static void AddRecovery(this IServiceCollection services)
    {
        services.AddSingleton<Resumer>();
        services.AddSingleton<IResumer>(provider => provider.GetRequiredService<Resumer>());
        services.AddHostedService(provider => provider.GetRequiredService<Resumer>());
        services.AddHostedService<RecoverySweep>();
    }
}
