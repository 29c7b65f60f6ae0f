using System.Diagnostics;
using VideoGen.SystemTests.Clusters.Clients;
using VideoGen.SystemTests.Clusters.Observations;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>Under a steady stream of orders, SIGKILL for a silo, an API or Redis, round after round.</summary>
[Collection(nameof(OneCluster))]
public sealed class KillTests(ITestOutputHelper output)
{
    /// <summary>
    /// Ten seconds are the goal on a machine that does nothing else; whoever waits longer than this was forgotten.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private enum Victim
    {
        Silo,
        Api,
        Redis,
    }

    [Fact]
    public Task Whatever_is_killed_no_generation_is_lost_or_ordered_twice_and_every_question_is_answered()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        return RealCluster.RunAsync(new Setup { AppendFsync = TestSettings.AppendFsync }, cluster =>
            LiveAsync(cluster, new Random(seed)));
    }

    private async Task LiveAsync(RealCluster cluster, Random random)
    {
        var image = await cluster.Apis[0].Client.UploadAsync();
        await using var orders = new OrderStream(cluster, image);
        await using var reader = new StatusReader(cluster, () => orders.Accepted);
        orders.Start();
        reader.Start();
        foreach (var victim in Victims(random).Take(TestSettings.LongRounds ?? 4))
        {
            await orders.FlowsAsync(more: 4);
            await KillAsync(cluster, orders, victim, random);
        }

        await orders.FlowsAsync(more: 4);
        await orders.EndAsync();
        var ends = await Ending.ComeAsync(cluster, orders.Accepted, orders.Unclear);
        output.WriteLine(await reader.EndAsync(Patience));
        output.WriteLine(ends.Line());
        Assert.True(ends["completed"] > 0, "No film was made.");

        // Each silo orders from a provider of its own; how many of them get anything to do is up to the dice and the placement.
        Assert.True(cluster.Hub.Jobs.All.Select(job => job.Order.Provider).Distinct()
            .Count() > 1, "Only one silo ever ordered anything.");
    }

    /// <summary>In every four rounds two silos, an API and Redis, in random order.</summary>
    private static IEnumerable<Victim> Victims(Random random)
    {
        while (true)
        {
            Victim[] four = [Victim.Silo, Victim.Silo, Victim.Api, Victim.Redis];
            random.Shuffle(four);
            foreach (var victim in four)
            {
                yield return victim;
            }
        }
    }

    private Task KillAsync(RealCluster cluster, OrderStream orders, Victim victim, Random random) => victim switch
    {
        Victim.Silo => KillSiloAsync(cluster, orders, random),
        Victim.Api => KillApiAsync(cluster, orders, random),
        _ => KillRedisAsync(cluster, orders),
    };

    private async Task KillSiloAsync(RealCluster cluster, OrderStream orders, Random random)
    {
        var silo = await Eventually.GetAsync(
            () => Task.FromResult(cluster.Silos[random.Next(RealCluster.SiloCount)]),
            silo => Takeover.JobsOf(cluster.Hub, silo.HubPort).Count > 0,
            _ => "No silo has anything to do.");
        await cluster.KillAsync(silo);
        var takeover = await Takeover.OfAsync(cluster, silo);
        output.WriteLine($"{silo.Name} killed: {takeover.Jobs} jobs went on within {takeover.Time.TotalSeconds:0.0} s");
        await orders.FlowsAsync(more: 2);
        await cluster.StartSiloAsync();
    }

    private async Task KillApiAsync(RealCluster cluster, OrderStream orders, Random random)
    {
        var api = random.Next(RealCluster.ApiCount);
        await cluster.KillApiAsync(api);
        await orders.FlowsAsync(more: 2, RealCluster.ApiCount - 1 - api);
        await cluster.RestartApiAsync(api);
        output.WriteLine($"api-{api} killed and started again");
    }

    private async Task KillRedisAsync(RealCluster cluster, OrderStream orders)
    {
        await cluster.KillRedisAsync();
        await orders.StopsAsync();
        var away = Stopwatch.StartNew();
        await cluster.RestartRedisAsync(() => orders.FlowsAsync(more: 1));
        output.WriteLine($"Redis killed and started again: orders are taken after {away.Elapsed.TotalSeconds:0.0} s");
    }
}
