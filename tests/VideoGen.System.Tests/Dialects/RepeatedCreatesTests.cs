using VideoGen.Testing;

namespace VideoGen.SystemTests.Dialects;

/// <summary>
/// The server is killed when it has stored creates and their answers are lost, or at any moment before. The client of OpenAI
/// repeats them by itself and without a key: each create is one video. <c>VIDEOGEN_CHAOS_ROUNDS</c> is the number of kills of a
/// long run.
/// </summary>
public sealed class RepeatedCreatesTests(ITestOutputHelper output)
{
    private const int ShortRun = 4;

    /// <summary>How many creates are on their way at a kill.</summary>
    private const int AtOnce = 20;

    [Fact]
    public async Task A_create_whose_answer_is_lost_is_one_video_after_its_repetitions()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        using var folder = new TemporaryDirectory();
        var picture = Path.Combine(folder.Path, "me.jpg");
        await File.WriteAllBytesAsync(picture, Client.Picture);
        await using var hub = await Hub.StartAsync(queueSeconds: 3600);
        await using var api = await ApiProcess.StartAsync(
            [.. hub.Settings("fal-ai"), ("VideoGen__Limits__AddressUploads", "100")]);
        await using var front = await LosingFront.StartAsync(api.Client.BaseAddress!);
        List<string> ids = [];
        var (rounds, replayed) = (TestSettings.LongRounds ?? ShortRun, 0);
        for (var round = 0; round < rounds; round++)
        {
            string[] prompts = [.. Enumerable.Range(0, AtOnce).Select(number => $"Round {round}, number {number}.")];
            front.Hold();
            var creating = NodeClient.RunAsync("openai.js", [
                round % 4 < 2 ? "6" : "7", new Uri(front.Address, "/v1").AbsoluteUri, "create", picture, .. prompts]);
            var wanted = round % 2 == 0 ? AtOnce : random.Next(1, AtOnce);
            await Eventually.GetAsync(
                () => Task.FromResult(front.Held), held => held >= wanted, held => $"Only {held} were answered.");
            await api.KillAsync();
            front.Lose();
            await api.RestartAsync();
            foreach (var created in (await creating).EnumerateArray())
            {
                ids.Add(created.Text("id"));
                replayed += created.GetProperty("replayed").GetBoolean() ? 1 : 0;
            }
        }

        var count = (await api.Client.ListAsync()).Count;
        output.WriteLine($"{rounds} kills, {ids.Count} creates, {replayed} answered to a repetition, {count} videos");
        Assert.Equal(rounds * AtOnce, ids.Distinct().Count());
        Assert.Equal(rounds * AtOnce, count);
        Assert.True(replayed >= rounds * AtOnce / 2, "Hardly any create was repeated.");
    }
}
