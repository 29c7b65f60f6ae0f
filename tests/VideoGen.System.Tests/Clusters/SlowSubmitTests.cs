using VideoGen.FakeHub.Faults;
using VideoGen.SystemTests.Clusters.Observations;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>A silo leaves while paid orders have no answer yet, its own and those of silos that stay.</summary>
[Collection(nameof(OneCluster))]
public sealed class SlowSubmitTests(ITestOutputHelper output)
{
    private const int Orders = 24;

    [Fact]
    public Task A_silo_that_leaves_loses_the_outcome_of_no_submit() => RealCluster.RunAsync(
        new Setup { MaxConcurrent = Orders, MaxPollInterval = TimeSpan.FromSeconds(1) }, LeaveAsync);

    private async Task LeaveAsync(RealCluster cluster)
    {
        cluster.Hub.Faults.Add(FaultKind.AcceptThenStall, "slowly", seconds: 22);    // the host has 20 for its own shutdown
        var image = await cluster.Apis[0].Client.UploadAsync();
        var ids = new List<string>();
        for (var number = 0; number < Orders; number++)
        {
            ids.Add(await cluster.Apis[number % RealCluster.ApiCount].Client.OrderAsync(image,
                $"Order {number} is answered slowly."));
        }

        await Eventually.TrueAsync(() => cluster.Hub.Submits.Count("slowly").Arrived == Orders, "Not all orders were sent.");

        Assert.Equal(0, await cluster.StopAsync(cluster.Silos[0]));

        var ends = await Ending.ComeAsync(cluster, ids, []);
        output.WriteLine(ends.Line());
        Assert.Equal(["completed"], ends.Keys);
        Assert.Equal(Orders, cluster.Hub.Submits.Count("slowly").Arrived);
    }
}
