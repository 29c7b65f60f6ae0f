using System.Diagnostics;
using VideoGen.Cluster.Tests.Observations;
using VideoGen.Cluster.Tests.Processes;
using VideoGen.Testing;

namespace VideoGen.Cluster.Tests;

/// <summary>SIGKILL for every process at once: no survivor tells the new ones that the old ones are dead.</summary>
public sealed class WholeClusterTests(ITestOutputHelper output)
{
    private const int Running = 12;
    private const int Orders = 20;

    /// <summary>Without tuning, silos that come back at other addresses wait 105 s for the old ones.</summary>
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
        await cluster.RestartRedisAsync(() => Task.WhenAll([
            .. old.Select(_ => cluster.StartSiloAsync()),
            .. Enumerable.Range(0, RealCluster.ApiCount).Select(cluster.RestartApiAsync)]));
        var up = time.Elapsed;
        var takeovers = await Task.WhenAll(old.Select(silo => Takeover.OfAsync(cluster, silo)));
        output.WriteLine($"All processes are ready after {up.TotalSeconds:0.0} s, " +
            $"{takeovers.Sum(takeover => takeover.Jobs)} jobs went on within {time.Elapsed.TotalSeconds:0.0} s");
        Assert.True(time.Elapsed < Patience, $"It took {time.Elapsed} to go on.");

        backlog.Release();
        var ends = await Ending.ComeAsync(cluster, backlog.Ids);
        output.WriteLine(ends.Line());
        Assert.DoesNotContain(Ending.Unknown, ends.Keys);
    }
}
