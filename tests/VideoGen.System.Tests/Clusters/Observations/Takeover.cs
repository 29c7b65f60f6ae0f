using System.Diagnostics;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Jobs;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters.Observations;

/// <summary>
/// How long the jobs of a silo that is gone are without a silo, seen from the provider: until another one has asked for the last
/// of them.
/// </summary>
internal sealed record Takeover(int Jobs, TimeSpan Time)
{
    /// <summary>
    /// The unfinished jobs that were last asked for by this silo. One that never was may never be: its id may be lost.
    /// </summary>
    public static IReadOnlyList<Job> JobsOf(FakeHubServer hub, int port) =>
        [.. hub.Jobs.All.Where(job => job.Port == port && job.Polls > 0 && IsUnfinished(hub, job))];

    /// <summary>
    /// Waits for it; the clock runs from the call. A silo that is asked to leave may still see the end of a job, after which
    /// nobody asks for it: <paramref name="counts"/> leaves out those that can end meanwhile.
    /// </summary>
    public static async Task<Takeover> OfAsync(RealCluster cluster, SiloRun gone, Func<Job, bool>? counts = null)
    {
        var time = Stopwatch.StartNew();
        var orphans = JobsOf(cluster.Hub, gone.HubPort).Where(counts ?? (_ => true)).ToList();
        await Eventually.GetAsync(
            () => Task.FromResult(orphans.Count(job => cluster.Hub.Jobs.Find(job.Id)!.Port == gone.HubPort)),
            left => left == 0,
            left => $"{left} of {orphans.Count} jobs of {gone.Name} are not asked for any more.");
        return new(orphans.Count, time.Elapsed);
    }

    private static bool IsUnfinished(FakeHubServer hub, Job job) => hub.Jobs.PhaseOf(job) is JobPhase.Queued or JobPhase.Running;
}
