using Orleans.Configuration;
using VideoGen.Silo.Redis;

namespace VideoGen.Silo.Membership;

/// <summary>Registers what a silo needs to share a cluster with others.</summary>
internal static class MembershipRegistration
{
    /// <summary>
    /// Hosted services start concurrently, so that the probes respond while the silo still waits for its Redis; that wait is the
    /// first stage of the silo's own start.
    /// </summary>
    public static void AddMembership(this ISiloBuilder silo)
    {
        silo.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        silo.Configure<ClusterMembershipOptions>(FailureDetection.Configure);
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, WaitForRedis>();
        silo.Services.AddSingleton<IFatalErrorHandler, FailFast>();
        silo.Services.AddSingleton<MembershipWatch>();
        silo.Services.AddHostedService(provider => provider.GetRequiredService<MembershipWatch>());
        silo.Services.AddHealthChecks().AddCheck<ListedCheck>("membership", tags: [ServiceDefaults.ServiceDefaults.Live]);
    }
}
