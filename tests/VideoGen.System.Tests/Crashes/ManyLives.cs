using System.Text.Json;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Crashes;

/// <summary>
/// A service with two upstreams that is killed again and again, with a stand-in for the providers of its own.
/// </summary>
internal sealed class ManyLives(ITestOutputHelper output, int firstRound, int rounds)
{
    private const string Unknown = "failed: outcome_unknown";

    /// <summary>Three of four bystanders fail at the provider, because ffmpeg would take minutes for their films.</summary>
    private const string Fails = "fails";

    private readonly List<Order> _orders = [];
    private int _kills;

    /// <summary>Returns the providers that got a job, and how many orders were completed.</summary>
    public async Task<(IReadOnlyList<string> Providers, int Completed)> RunAsync(Random random)
    {
        await using var hub = await Hub.StartAsync();
        await using var api = await ApiProcess.StartAsync(
            [
                .. hub.Settings(Hub.Providers[firstRound % Hub.Providers.Length]), .. hub.Upstream("other"),
                ("VideoGen__Models__main__Upstream", "huggingface"), ("VideoGen__Models__main__Name", Hub.Model),
                ("VideoGen__DefaultModel", "main"), ("VideoGen__Inference__MaxConcurrent", "16"),
            ]);
        hub.Faults.Add(FaultKind.FailJob, Fails, status: 422);
        var image = await api.Client.UploadAsync();

        for (var round = firstRound; round < firstRound + rounds; round++)
        {
            await LiveAndDieAsync(hub, api, image, Moment.All[round % Moment.All.Length], round, random);
            api.Change("VideoGen__HuggingFace__Provider", Hub.Providers[(round + 1) % Hub.Providers.Length]);
            await api.RestartAsync();
        }

        var completed = await CheckAsync(hub, api);
        return ([.. hub.Jobs.All.Select(job => job.Order.Provider).Distinct()], completed);
    }

    private async Task LiveAndDieAsync(
        FakeHubServer hub, ApiProcess api, string image, Moment moment, int round, Random random)
    {
        var order = new Order(moment, $"round {round:00}.", $"bystander {round:00}{(round % 4 == 0 ? "" : " " + Fails)}.");
        moment.Prepare(hub, order.Script);
        _orders.Add(order);
        order.Id = await api.Client.OrderAsync(image, order.Script);
        order.BystanderId = await api.Client.OrderAsync(image, order.Bystander, "other");
        if (random.Next(4) == 0)
        {
            await Task.Delay(random.Next(500));    // a random moment instead of the one that is asked for
        }
        else
        {
            await moment.ComeAsync(hub, api.Client, order.Id, order.Script);
        }

        await KillAsync(api);
        if (moment.Name == Moment.InTheStart)
        {
            api.Launch();
            await Task.Delay(random.Next(2500));
            await KillAsync(api);
        }
    }

    private Task KillAsync(ApiProcess api)
    {
        _kills++;
        return api.KillAsync();
    }

    private async Task<int> CheckAsync(FakeHubServer hub, ApiProcess api)
    {
        var ends = new Dictionary<string, JsonElement>();
        foreach (var id in _orders.SelectMany(order => (string[])[order.Id, order.BystanderId]))
        {
            ends[id] = await api.Client.EndAsync(id);
        }

        Assert.Equal(ends.Keys.Order(), (await api.Client.ListAsync()).Select(generation => generation.Text("id")!).Order());
        foreach (var end in ends.Values)
        {
            Check(hub, end);
        }

        var outcomes = ends.Values.CountBy(Client.Outcome).ToDictionary();
        output.WriteLine($"{_kills} kills from round {firstRound} on: {JsonSerializer.Serialize(outcomes)}");
        return outcomes.GetValueOrDefault("completed");
    }

    private static void Check(FakeHubServer hub, JsonElement end)
    {
        var submits = hub.Submits.All.Where(submit => submit.Prompt == end.Text("script")).ToList();
        string[] wanted = end.Text("script").Contains(Fails, StringComparison.Ordinal)
            ? ["failed: input_rejected", "failed: provider_failed"]    // fal gives a status with it, the others only a word
            : ["completed"];
        if (wanted.Contains(end.Outcome()))
        {
            Assert.Single(submits);
            return;
        }

        // The only other end, and only where the kill came between the intent and the answer: a job whose answer was stored is
        // polled, at the latest after the restart.
        Assert.Equal(Unknown, end.Outcome());
        Assert.True(submits.Count <= 1, $"{end} was ordered {submits.Count} times.");
        Assert.DoesNotContain(hub.Jobs.For(end.Text("script")!), job => job.Polls > 0);
    }

    private sealed record Order(Moment Moment, string Script, string Bystander)
    {
        public string Id { get; set; } = "";

        public string BystanderId { get; set; } = "";
    }
}
