using VideoGen.FakeHub.Faults;
using VideoGen.SystemTests.Clusters.Clients;
using VideoGen.SystemTests.Clusters.Observations;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>Any API answers for any generation, whichever silo it lives on.</summary>
[Collection(nameof(OneCluster))]
public sealed class SpreadTests(ITestOutputHelper output)
{
    private const int Polls = 2_000;
    private const int MaxOrders = 100;

    [Fact]
    public Task Every_poll_is_answered_by_either_api_for_generations_on_all_silos() =>
        RealCluster.RunAsync(new Setup { MaxConcurrent = MaxOrders }, LiveAsync);

    private async Task LiveAsync(RealCluster cluster)
    {
        var ids = await OrderOnAllSilosAsync(cluster);
        var answers = new Answer[Polls];
        await Parallel.ForAsync(0, Polls, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (poll, _) =>
            answers[poll] = await Answer.AskAsync(
                cluster, poll % RealCluster.ApiCount, client => client.GetAsync("/generation/" + ids[poll % ids.Count])));

        Assert.All(answers, answer => Assert.True(answer.IsOk, answer.ToString()));
        output.WriteLine(
            $"{Polls} polls of {ids.Count} generations; longest {answers.Max(answer => answer.Took.TotalSeconds):0.000} s");
    }

    /// <summary>Orders one film after the other, each over the other API, until every silo looks after one.</summary>
    private static async Task<IReadOnlyList<string>> OrderOnAllSilosAsync(RealCluster cluster)
    {
        cluster.Hub.Faults.Add(FaultKind.NeverFinish, "Order");
        var image = await cluster.Apis[0].Client.UploadAsync();
        List<string> ids = [];
        while (cluster.Silos.Any(silo => Takeover.JobsOf(cluster.Hub, silo.HubPort).Count == 0))
        {
            Assert.True(ids.Count < MaxOrders, "One silo gets no work.");
            var script = $"Order {ids.Count}.";
            ids.Add(await cluster.Apis[ids.Count % RealCluster.ApiCount].Client.OrderAsync(image, script));
            await Eventually.TrueAsync(() => cluster.Hub.Jobs.For(script).Any(job => job.Polls > 0), $"{script} does not begin.");
        }

        return ids;
    }
}
