using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Jobs;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters.Observations;

/// <summary>
/// Orders whose jobs run until the test lets them end, so that no machine is too slow for what comes in between.
/// </summary>
internal sealed class Backlog(RealCluster cluster)
{
    private const string Waits = "but goes on until it is told to end";

    private readonly List<string> _ids = [];

    /// <summary>The generations that were accepted.</summary>
    public IReadOnlyCollection<string> Ids => _ids;

    /// <summary>Orders so many over all APIs and waits until so many of them run and were asked for.</summary>
    public async Task OrderAsync(string image, int count, int running)
    {
        cluster.Hub.Faults.Add(FaultKind.NeverFinish, Waits);
        cluster.Hub.Faults.Remove(FaultKind.FailJob);
        cluster.Hub.Faults.Add(FaultKind.FailJob, "fails", status: 500);
        var ids = new string[count];
        var first = _ids.Count;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            ids[number] = await cluster.Apis[number % RealCluster.ApiCount].Client.OrderAsync(image,
            $"Order {first + number} fails, {Waits}."));
        _ids.AddRange(ids);
        await Eventually.GetAsync(
            () => Task.FromResult(Running.Count(job => job.Polls > 0)),
            seen => seen == running,
            seen => $"{seen} of {running} jobs are asked for.");
    }

    /// <summary>Whether a job is of such an order.</summary>
    public static bool Holds(Job job) => job.Order.Prompt.Contains(Waits, StringComparison.Ordinal);

    /// <summary>Lets the jobs end, those that still wait for their turn as well.</summary>
    public void Release()
    {
        cluster.Hub.Faults.Remove(FaultKind.NeverFinish);
        foreach (var job in Running)
        {
            cluster.Hub.Jobs.Finish(job.Id);
        }
    }

    private List<Job> Running => [.. cluster.Hub.Jobs.For(Waits)
        .Where(job => cluster.Hub.Jobs.PhaseOf(job) is JobPhase.Queued or JobPhase.Running)];
}
