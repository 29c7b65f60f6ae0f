using VideoGen.Cluster.Tests.Clients;
using VideoGen.Cluster.Tests.Processes;
using VideoGen.Testing;

namespace VideoGen.Cluster.Tests;

/// <summary>Silos die while they have submits with idempotency keys in hand, and no client asks twice.</summary>
public sealed class KeyedSubmitTests
{
    private const int Submits = 30;

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
        ids.AddRange(await AcceptedAsync(inHand));

        // It dies in the middle of its work: some of it is written, and its answer is not.
        await cluster.StartSiloAsync();
        var inWork = await SendAsync(cluster, image, "in work");
        await Task.WhenAny(inWork);
        await cluster.KillAsync(cluster.Silos[0]);
        ids.AddRange(await AcceptedAsync(inWork));

        Assert.Equal(2 * Submits, ids.Distinct().Count());
        Assert.Equal(ids.Order(), (await cluster.Apis[0].Client.ListAsync()).Select(one => one.Text("id")!).Order());
    }

    /// <summary>Gives the APIs so many submits at once, and returns when both have them.</summary>
    private static async Task<List<Task<Answer>>> SendAsync(RealCluster cluster, string image, string script)
    {
        var answers = Enumerable.Range(0, Submits)
            .Select(number => Answer.AskAsync(cluster, number % RealCluster.ApiCount,
                client => client.PostOrderAsync(image, $"{script} {number}", key: $"{script}-{number}".Replace(' ', '-'))))
            .ToList();
        foreach (var api in cluster.Apis)
        {
            using var alive = await api.Client.GetAsync("/alive");
        }

        return answers;
    }

    private static async Task<IEnumerable<string>> AcceptedAsync(List<Task<Answer>> answers)
    {
        var all = await Task.WhenAll(answers);
        Assert.All(all, answer => Assert.True(answer.IsOk, $"{answer}"));
        return all.Select(answer => answer.Body.Text("id")!);
    }
}
