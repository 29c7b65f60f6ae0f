using VideoGen.SystemTests.Clusters.Clients;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>Silos die while they have submits with idempotency keys in hand, and no client asks twice.</summary>
[Collection(nameof(OneCluster))]
public sealed class KeyedSubmitTests
{
    private const int Submits = 30;
    private const int MaxTries = 20;

    /// <summary>An API asks so long by itself, within the ten seconds in which it answers.</summary>
    private static readonly TimeSpan Repeating = TimeSpan.FromSeconds(6.5);

    [Fact]
    public Task A_silo_that_dies_with_keyed_submits_in_hand_costs_no_client_its_answer_and_makes_no_second_generation() =>
        RealCluster.RunAsync(new Setup(), LiveAsync);

    private static async Task LiveAsync(RealCluster cluster)
    {
        var image = await cluster.Apis[0].Client.UploadAsync();
        var ids = new List<string>();

        // It answers nothing any more, so whatever comes to it is in hand when it dies.
        var frozen = cluster.Silos[0];
        cluster.Freeze(frozen);
        var inHand = await SendAsync(cluster, image, "in hand");
        await frozen.KillAsync();
        ids.AddRange(await Task.WhenAll(inHand));

        // It dies in the middle of its work: some of it is written, and its answer is not.
        await cluster.StartSiloAsync();
        var inWork = await SendAsync(cluster, image, "in work");
        await Task.WhenAny(inWork);
        await cluster.KillAsync(cluster.Silos[0]);
        ids.AddRange(await Task.WhenAll(inWork));

        Assert.Equal(2 * Submits, ids.Distinct().Count());
        Assert.Equal(ids.Order(), (await cluster.Apis[0].Client.ListAsync()).Select(one => one.Text("id")!).Order());
    }

    /// <summary>Gives the APIs so many submits at once, and returns when both have them.</summary>
    private static async Task<List<Task<string>>> SendAsync(RealCluster cluster, string image, string script)
    {
        var ids = Enumerable.Range(0, Submits)
            .Select(number => AcceptedAsync(cluster, image, $"{script} {number}", number))
            .ToList();
        foreach (var api in cluster.Apis)
        {
            using var alive = await api.Client.GetAsync("/alive");
        }

        return ids;
    }

    /// <summary>An API gives up on a call no sooner than it has to, and then the client comes again with its key.</summary>
    private static async Task<string> AcceptedAsync(RealCluster cluster, string image, string script, int number)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await Answer.AskAsync(cluster, number % RealCluster.ApiCount,
                client => client.PostOrderAsync(image, script, key: script.Replace(' ', '-')));
            if (answer.IsOk)
            {
                return answer.Body.Text("id")!;
            }

            Assert.True(answer.IsRetryLater && answer.Took >= Repeating && tries < MaxTries, $"{answer}");
        }
    }
}
