using Orleans.Configuration;

namespace VideoGen.Silo.Membership;

/// <summary>
/// How fast silos notice that one of them is gone. A killed one is told by its broken connections; one that hangs is given up
/// after three probes of two seconds, because a wrong verdict on one that is only busy costs more than a few seconds: its paid
/// submits in flight would become unknown outcomes. Whoever has work to do answers a probe in between, and Orleans takes any
/// message within those six seconds as a sign of life.
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

        // When all silos crash at once nobody is left to probe: whoever starts on other addresses waits until the old rows are stale.
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedTableIAmAliveLimit = 3;
        options.DefunctSiloExpiration = TimeSpan.FromHours(1);
    }
}
