using System.Text.Json;
using VideoGen.FakeHub;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters.Observations;

/// <summary>What has to be true in the end, whatever was killed.</summary>
internal static class Ending
{
    public const string Unknown = "failed: outcome_unknown";

    /// <summary>
    /// Waits until everything has ended: each accepted generation is in the history, which is the same on all APIs, and was
    /// ordered once. Returns how many ended how.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, int>> ComeAsync(
        RealCluster cluster, IReadOnlyCollection<string> accepted, IReadOnlyCollection<string>? unclear = null)
    {
        var ends = await Eventually.GetAsync(cluster.Apis[0].Client.ListAsync, AllEnded, Unfinished);
        var ids = ends.Select(Id).ToList();
        foreach (var api in cluster.Apis)
        {
            Assert.Equal(ids, (await api.Client.ListAsync()).Select(Id));
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(accepted.Except(ids));
        var strangers = ends.ExceptBy(accepted, Id).Select(end => end.Text("script")!).ToList();
        Assert.Empty(strangers.Except(unclear ?? []));
        Assert.Equal(strangers.Count, strangers.Distinct().Count());
        Assert.All(ends, end => Check(cluster.Hub, end));
        return ends.CountBy(Client.Outcome).ToDictionary();
    }

    public static string Line(this IReadOnlyDictionary<string, int> outcomes) => JsonSerializer.Serialize(outcomes);

    private static void Check(FakeHubServer hub, JsonElement end)
    {
        var script = end.Text("script")!;
        var submits = hub.Submits.All.Count(submit => submit.Prompt == script);
        Assert.True(submits <= 1, $"It was ordered {submits} times: {end}");
        if (end.Outcome() is Unknown)
        {
            // Only where the end came between the intent and the answer: a job whose answer was stored is asked for again.
            Assert.DoesNotContain(hub.Jobs.All, job => job.Order.Prompt == script && job.Polls > 0);
            return;
        }

        Assert.Equal(1, submits);
        Assert.Equal(script.Contains("fails", StringComparison.Ordinal) ? "failed: provider_failed" : "completed", end.Outcome());
    }

    private static string Id(JsonElement generation) => generation.Text("id")!;

    private static bool AllEnded(IReadOnlyList<JsonElement> list) => list.All(HasEnded);

    private static bool HasEnded(JsonElement generation) => generation.Text("status") is "completed" or "failed" or "canceled";

    private static string Unfinished(IReadOnlyList<JsonElement> list) =>
        "These have not ended:\n" + string.Join('\n', list.Where(generation => !HasEnded(generation)).Take(20));
}
