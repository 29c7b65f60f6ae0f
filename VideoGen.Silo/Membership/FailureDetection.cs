using Orleans.Configuration;

namespace VideoGen.Silo.Membership;

/// <summary>
/// How fast silos notice that one of them is gone. A killed silo is detected by its broken connections. A silo that hangs is
/// declared dead after three probes of two seconds, because a wrong verdict about one that is only busy costs more than a few
/// seconds: its paid submits in flight would become unknown outcomes. A busy silo answers a probe in between, and Orleans counts
/// any message within those six seconds as a sign of life.
/// </summary>
internal static class FailureDetection
{
    public static void Configure(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(2);
        options.MinProbeTimeout = TimeSpan.FromSeconds(1.5);
        options.MaxProbeTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedProbesLimit = 3;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);

        // When all silos crash at once, none is left to probe: a silo that starts on another address waits until the old rows are
        // stale.
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedTableIAmAliveLimit = 3;
        options.DefunctSiloExpiration = TimeSpan.FromHours(1);
    }
}
