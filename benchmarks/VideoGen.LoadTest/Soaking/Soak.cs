using VideoGen.FakeHub;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.LoadTest.Scenarios;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Soaking;

/// <summary>
/// Days on a cluster of three silos, one row each: without kills, or with one of a silo in every row. At the end everything that
/// was accepted has to be there, and nothing may have grown.
/// </summary>
internal static class Soak
{
    private const int Silos = 3;

    /// <exception cref="InvalidOperationException">Not all was well.</exception>
    public static async Task RunAsync(LoadOptions options, bool isDeadly)
    {
        Report.Title(isDeadly ? $"soak, {options.Minutes} rounds with a kill each" : "mixed");
        await using var deployment = await Deployment.StartAsync(
            Silos, apis: 2, paces: new HubSettings { QueueSeconds = 0.2, RenderSeconds = 2 },
            settings: ("VideoGen__Inference__MaxConcurrent", "8"));
        var day = new Day(deployment, await deployment.Client.UploadAsync());
        Console.WriteLine(
            "| round | p50 / p99 / p99.9 ms by kind | not answered well | RSS MB | handles | disk MB, accepted so far |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        List<SoakRound> rounds = [];
        for (var number = 1; number <= options.Minutes; number++)
        {
            var results = day.RunAsync(options.Round);
            await (isDeadly ? KillAsync(deployment, options.Round / 3) : Task.CompletedTask);
            rounds.Add(new SoakRound(
                await results, deployment.Processes.ToDictionary(process => process.Key, process => Footprint.Of(process.Value)),
                deployment.Media.Megabytes, day.Accepted.Count));
            Console.WriteLine(rounds[^1].Row(number));
        }

        var ends = await Task.WhenAll(day.Accepted.Select(deployment.Client.EndAsync));
        string[] outcomes = [.. ends.Select(end => end.Outcome())];
        var strays = await deployment.Media.StraysAsync(
            ends.Where(end => end.Outcome() == "completed").Select(end => end.Text("id")!).ToHashSet(),
            processes: Silos + deployment.Targets.Count);
        var counts = outcomes.CountBy(end => end).Select(end => $"{end.Value} {end.Key}");
        Report.Say($"\n{outcomes.Length} accepted: {string.Join(", ", counts)}");
        var wrong = Verdict.Of(rounds, outcomes, strays);
        if (wrong.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', wrong));
        }
    }

    private static async Task KillAsync(Deployment deployment, TimeSpan after)
    {
        await Task.Delay(after);
        await deployment.KillSiloAsync(0);
        await deployment.StartSiloAsync();
    }
}
