using VideoGen.SystemTests.Clusters.Clients;
using VideoGen.SystemTests.Clusters.Observations;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>A silo stands still until the others have buried it, and then wakes up in the middle of what it was doing.</summary>
[Collection(nameof(OneCluster))]
public sealed class ZombieTests(ITestOutputHelper output)
{
    private const int Running = 12;
    private const int Orders = 36;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public Task A_silo_that_wakes_up_after_its_death_orders_nothing_writes_nothing_and_leaves() =>
        RealCluster.RunAsync(new Setup { MaxConcurrent = Running }, LiveAsync);

    private async Task LiveAsync(RealCluster cluster)
    {
        var backlog = new Backlog(cluster);
        var image = await cluster.Apis[0].Client.UploadAsync();
        await backlog.OrderAsync(image, Orders, Running);
        await using var reader = new StatusReader(cluster, () => backlog.Ids) { MayBeLater = true };
        reader.Start();
        var zombie = cluster.Silos.First(silo => Takeover.JobsOf(cluster.Hub, silo.HubPort).Count > 0);
        var hold = Task.Delay(TestSettings.Freeze);
        cluster.Freeze(zombie);
        var takeover = await Takeover.OfAsync(cluster, zombie);
        output.WriteLine($"{zombie.Name} frozen: {takeover.Jobs} jobs went on within {takeover.Time.TotalSeconds:0.0} s");
        await cluster.StartSiloAsync();
        await hold;

        // Its jobs end just before it wakes up: it takes them for its own, and each answer is a line that it wants to write.
        await using var writes = await RedisMonitor.StartAsync(cluster.Redis);
        var before = SubmitsOf(cluster, zombie);
        backlog.Release();
        zombie.Thaw();
        Assert.NotEqual(0, await zombie.ExitAsync(Patience));
        var ends = await Ending.ComeAsync(cluster, backlog.Ids);
        output.WriteLine(await reader.EndAsync(Patience));
        output.WriteLine(ends.Line());

        Assert.Equal(before, SubmitsOf(cluster, zombie));
        var changes = await writes.EndAsync();
        Assert.Contains(changes, change => cluster.Silos.Any(silo => silo.Name == change.Client));
        Assert.DoesNotContain(changes, change => change.Client == zombie.Name);
        Assert.DoesNotContain(Ending.Unknown, ends.Keys);
    }

    private static int SubmitsOf(RealCluster cluster, SiloRun silo) =>
        cluster.Hub.Submits.All.Count(submit => submit.Port == silo.HubPort);
}
