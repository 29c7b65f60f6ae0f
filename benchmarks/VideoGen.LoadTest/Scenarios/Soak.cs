using System.Diagnostics;
using VideoGen.FakeHub;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// Days on a cluster of three silos, one row each: without kills, or with one of a silo in every row. At the end everything that was
/// accepted has to be completed; memory and handles must not grow from row to row.
/// </summary>
internal static class Soak
{
    private const int Silos = 3;

    public static async Task RunAsync(LoadOptions options, bool isDeadly)
    {
        var rounds = (int)options.Number("minutes", isDeadly ? 30 : 1);
        var round = TimeSpan.FromSeconds(options.Number("round", 60));
        Report.Title(isDeadly ? $"soak, {rounds} rounds with a kill each" : "mixed");
        await using var deployment = await Deployment.StartAsync(
            Silos, apis: 2, paces: new HubSettings { QueueSeconds = 0.2, RenderSeconds = 2 },
            settings: ("VideoGen__Inference__MaxConcurrent", "8"));
        var day = new Day(deployment, await deployment.UploadAsync());
        Console.WriteLine("| round | p50 / p99 / p99.9 ms by kind | not answered well | RSS MB | handles |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        for (var number = 1; number <= rounds; number++)
        {
            var killing = isDeadly ? KillAsync(deployment, round / 3) : Task.CompletedTask;
            var results = await day.RunAsync(round);
            await killing;
            Row(number, deployment, results);
        }

        var ends = await Task.WhenAll(day.Accepted.Select(deployment.Client.EndAsync));
        var outcomes = ends.GroupBy(end => end.Outcome()).Select(group => $"{group.Count()} {group.Key}");
        Report.Say($"\n{day.Accepted.Count} accepted: {string.Join(", ", outcomes)}");
    }

    private static async Task KillAsync(Deployment deployment, TimeSpan after)
    {
        await Task.Delay(after);
        await deployment.KillSiloAsync(0);
        await deployment.StartSiloAsync();
    }

    private static void Row(int number, Deployment deployment, IReadOnlyDictionary<string, LoadResult> results)
    {
        var latencies = string.Join("; ", results.Select(kind =>
            FormattableString.Invariant(
                $"{kind.Key} {kind.Value.Milliseconds(50):0} / {kind.Value.Milliseconds(99):0} / {kind.Value.Milliseconds(99.9):0}")));
        var failures = string.Join("; ", results.Where(kind => !kind.Value.Failures.IsEmpty).Select(kind =>
            $"{kind.Key}: {string.Join(", ", kind.Value.Failures.Select(failure => $"{failure.Value} {failure.Key}"))}"));
        Report.Say($"| {number} | {latencies} | {failures} | {Each(MegabytesOf)} | {Each(HandlesOf)} |");

        string Each(Func<int, long> measure) =>
            string.Join(" + ", deployment.Processes.Select(process => $"{process.Key} {measure(process.Value)}"));
    }

    private static long MegabytesOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64 / 1_000_000;
    }

    private static long HandlesOf(int id) => Directory.GetFiles($"/proc/{id}/fd").Length;
}
