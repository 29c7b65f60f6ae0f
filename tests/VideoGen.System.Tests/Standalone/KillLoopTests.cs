using VideoGen.Testing;

namespace VideoGen.SystemTests.Standalone;

/// <summary>
/// SIGKILL at random moments, again and again: in the start, between two writes of a submit, in the middle of a film.
/// </summary>
public sealed class KillLoopTests(ITestOutputHelper output)
{
    private static readonly int Rounds = TestSettings.LongRounds ?? 5;

    [Fact]
    public async Task Killed_at_random_moments_it_keeps_every_accepted_generation_in_order_and_finishes_it()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        await using var api = await ApiProcess.StartAsync();
        var image = await api.Client.UploadAsync();
        List<string> accepted = [];
        for (var round = 0; round < Rounds; round++)
        {
            if (round % 4 == 3)
            {
                await DieInTheStartAsync(api, random);
            }

            await SubmitUntilKilledAsync(api, image, random, accepted, isAnswered: round % 3 == 0);
            await api.RestartAsync();
        }

        var listed = await ListAsync(api.Client);
        output.WriteLine($"{accepted.Count} accepted, {listed.Count} listed");
        Assert.True(accepted.Count >= Rounds / 3, "What was answered is not counted.");
        Assert.Equal(Enumerable.Reverse(accepted), listed.Where(accepted.Contains));
        foreach (var id in listed)
        {
            Assert.Equal("completed", (await api.Client.EndAsync(id)).Text("status"));
        }
    }

    private static async Task DieInTheStartAsync(ApiProcess api, Random random)
    {
        await api.KillAsync();
        api.Launch();
        await Task.Delay(random.Next(2500));    // the random moment is the test
        await api.KillAsync();
        await api.RestartAsync();
    }

    /// <summary>
    /// What was answered counts as accepted; what the kill cut off may or may not be. In some rounds it waits for the first
    /// answer, however slow the machine is.
    /// </summary>
    private static async Task SubmitUntilKilledAsync(
        ApiProcess api, string image, Random random, List<string> accepted, bool isAnswered)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var kill = KillAsync(api, isAnswered ? answered.Task : Task.CompletedTask, random.Next(20, 2000));
        var patience = random.Next(1, 4);
        try
        {
            for (var count = 0; count < patience && !kill.IsCompleted; count++)
            {
                using var answer = await api.Client.PostJsonAsync("/generate-video",
                    $$"""{"characterImageUrl":"{{image}}","script":"She waves.","duration":3,"quality":"512"}""");
                if (answer.IsSuccessStatusCode)
                {
                    accepted.Add((await answer.JsonAsync()).Text("id"));
                    answered.TrySetResult();
                }
            }
        }
        catch (HttpRequestException)
        {
            // The process died with the request in hand.
        }

        answered.TrySetResult();
        await kill;
    }

    private static async Task KillAsync(ApiProcess api, Task first, int milliseconds)
    {
        await first;
        await Task.Delay(milliseconds);
        await api.KillAsync();
    }

    private static async Task<List<string>> ListAsync(HttpClient client)
    {
        List<string> ids = [];
        for (var next = "/generations?limit=50"; next is not null;)
        {
            using var page = await client.GetAsync(next);
            ids.AddRange((await page.JsonAsync()).EnumerateArray().Select(generation => generation.Text("id")));
            next = page.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        return ids;
    }
}
