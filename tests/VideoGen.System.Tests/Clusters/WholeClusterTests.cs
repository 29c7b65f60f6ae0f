using System.Diagnostics;
using VideoGen.SystemTests.Clusters.Observations;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>SIGKILL for every process at once: no survivor tells the new ones that the old ones are dead.</summary>
[Collection(nameof(OneCluster))]
public sealed class WholeClusterTests(ITestOutputHelper output)
{
    private const int Running = 12;
    private const int Orders = 20;

    /// <summary>From when all are up. Without tuning, silos at other addresses wait 105 s for the old ones.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public Task After_the_whole_cluster_was_killed_new_processes_on_other_ports_go_on_within_seconds() =>
        RealCluster.RunAsync(new Setup { MaxConcurrent = Running }, LiveAsync);

    private async Task LiveAsync(RealCluster cluster)
    {
        var backlog = new Backlog(cluster);
        await backlog.OrderAsync(await cluster.Apis[0].Client.UploadAsync(), Orders, Running);
        var old = cluster.Silos.ToList();
        await Task.WhenAll([
            .. old.Select(cluster.KillAsync),
            .. Enumerable.Range(0, RealCluster.ApiCount).Select(cluster.KillApiAsync),
            cluster.KillRedisAsync()]);

        var time = Stopwatch.StartNew();
        var going = Task.WhenAll(old.Select(silo => Takeover.OfAsync(cluster, silo)));
        await cluster.RestartRedisAsync(() => Task.WhenAll([
            .. old.Select(_ => cluster.StartSiloAsync()),
            .. Enumerable.Range(0, RealCluster.ApiCount).Select(cluster.RestartApiAsync)]));
        var up = time.Elapsed;
        var takeovers = await going;
        output.WriteLine($"All processes are ready after {up.TotalSeconds:0.0} s, " +
            $"{takeovers.Sum(takeover => takeover.Jobs)} jobs went on within {takeovers.Max(takeover => takeover.Time.TotalSeconds):0.0} s");
        Assert.Equal(Running, takeovers.Sum(takeover => takeover.Jobs));
        Assert.All(takeovers, takeover => Assert.True(takeover.Time < up + Patience, $"It took {takeover.Time} to go on."));

        backlog.Release();
        var ends = await Ending.ComeAsync(cluster, backlog.Ids);
        output.WriteLine(ends.Line());
        Assert.DoesNotContain(Ending.Unknown, ends.Keys);
    }
}
