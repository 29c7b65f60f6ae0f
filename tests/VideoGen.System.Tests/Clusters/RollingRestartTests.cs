using VideoGen.SystemTests.Clusters.Clients;
using VideoGen.SystemTests.Clusters.Observations;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>SIGTERM for one silo after the other, as a new version is rolled out.</summary>
[Collection(nameof(OneCluster))]
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private const int InFlight = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public Task With_two_hundred_in_flight_all_silos_are_replaced_and_nobody_notices() => RealCluster.RunAsync(
        new Setup { MaxConcurrent = InFlight + 50, MaxPollInterval = TimeSpan.FromSeconds(2) }, LiveAsync);

    private async Task LiveAsync(RealCluster cluster)
    {
        var image = await cluster.Apis[0].Client.UploadAsync();
        var backlog = new Backlog(cluster);
        await backlog.OrderAsync(image, InFlight, InFlight);
        await using var orders = new OrderStream(cluster, image);
        await using var reader = new StatusReader(cluster, () => backlog.Ids) { MayBeLater = true };
        orders.Start();
        reader.Start();
        foreach (var old in cluster.Silos.ToList())
        {
            await orders.FlowsAsync(more: 2);
            var going = Takeover.OfAsync(cluster, old, Backlog.Holds);
            Assert.Equal(0, await cluster.StopAsync(old));
            var takeover = await going;
            output.WriteLine($"{old.Name} stopped: {takeover.Jobs} jobs went on within {takeover.Time.TotalSeconds:0.0} s");
            await cluster.StartSiloAsync();
        }

        await orders.FlowsAsync(more: 2);
        await orders.EndAsync();
        backlog.Release();
        var ends = await Ending.ComeAsync(cluster, [.. backlog.Ids, .. orders.Accepted], orders.Unclear);
        output.WriteLine(await reader.EndAsync(Patience));
        output.WriteLine(ends.Line());
        Assert.DoesNotContain(Ending.Unknown, ends.Keys);
    }
}
