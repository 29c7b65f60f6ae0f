using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Queue;

/// <summary>However many wait, a provider never has more jobs of ours than the limit, not even across a crash.</summary>
public sealed class QueueTests(ITestOutputHelper output)
{
    private const int Orders = 400;
    private const int MaxConcurrent = 4;

    /// <summary>
    /// One film in so many is made; the other jobs fail at the provider, because ffmpeg would take minutes for them.
    /// </summary>
    private const int Films = 50;

    private const string Fails = "It fails";

    [Fact]
    public async Task Hundreds_wait_and_never_more_than_four_run()
    {
        await using var hub = await Hub.StartAsync(queueSeconds: 0.02, renderSeconds: 0.05, shaped: true);
        hub.Faults.Add(FaultKind.FailJob, Fails, status: 422);
        await using var api = await ApiProcess.StartAsync(
            [
                .. hub.Settings("fal-ai"),
                ("VideoGen__Inference__MaxConcurrent", $"{MaxConcurrent}"),
                ("VideoGen__Generation__PollInterval", "00:00:00.050"),
            ]);
        var image = await api.Client.UploadAsync();

        var ids = await OrderAsync(api.Client, image);
        await Eventually.TrueAsync(() => hub.Submits.Count("").Arrived > Orders / 3, "The queue does not move.");
        await api.KillAsync();
        await api.RestartAsync();
        var ends = await EndAsync(api.Client);

        output.WriteLine(string.Join(", ", ends.CountBy(end => end.Outcome)));
        Assert.Equal(ids.Order(), ends.Select(end => end.Id).Order());
        Assert.InRange(hub.Jobs.MaxInFlight(), 1, MaxConcurrent);
        Assert.All(hub.Submits.All.CountBy(submit => submit.Prompt), script => Assert.Equal(1, script.Value));
        Assert.True(ends.Count(end => end.Outcome == "failed: outcome_unknown") <= MaxConcurrent);
        Assert.All(ends, end => Assert.Contains(end.Outcome, new[]
        {
            end.Script.StartsWith(Fails, StringComparison.Ordinal) ? "failed: input_rejected" : "completed",
            "failed: outcome_unknown",
        }));
    }

    private static async Task<IReadOnlyCollection<string>> OrderAsync(HttpClient client, string image)
    {
        var ids = new string[Orders];
        await Parallel.ForAsync(0, Orders, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            ids[number] = await client.OrderAsync(image, number % Films == 0 ? $"Film {number}." : $"{Fails} {number}."));
        return ids;
    }

    private static async Task<IReadOnlyList<End>> EndAsync(HttpClient client)
    {
        var ended = await Eventually.GetAsync(
            client.ListAsync,
            list => list.All(generation => generation.Text("status") is "completed" or "failed"),
            list => $"{list.Count(generation => generation.Text("status") is "pending" or "processing")} have not ended.");
        return [.. ended.Select(generation => new End(generation.Text("id")!, generation.Text("script")!, generation.Outcome()))];
    }

    private sealed record End(string Id, string Script, string Outcome);
}
