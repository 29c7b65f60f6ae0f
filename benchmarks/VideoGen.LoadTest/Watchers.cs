using System.Collections.Concurrent;
using System.Diagnostics;
using VideoGen.FakeHub;
using VideoGen.Testing;

namespace VideoGen.LoadTest;

/// <summary>
/// As many event streams as unfinished generations, up to a thousand of which run at a provider: what they cost in memory, whether
/// they slow others, and how long after a change they tell it.
/// </summary>
internal static class Watchers
{
    /// <summary>The most that the settings allow; further ones wait in the queue.</summary>
    private const int MaxRunning = 1000;

    private const int Requests = 200;
    private const int Endings = 40;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    public static async Task RunAsync(int generations)
    {
        await using var hub = await FakeHubServer.StartAsync(new FakeHubOptions { Settings = new() { RenderSeconds = 36_000 } });
        await using var api = await ApiProcess.StartAsync(
            ("HF_TOKEN", "hf_load"),
            ("VideoGen__HuggingFace__HubUrl", hub.Address.AbsoluteUri),
            ("VideoGen__HuggingFace__RouterUrl", hub.RouterUrl.AbsoluteUri),
            ("VideoGen__HuggingFace__AllowLoopback", "true"),
            ("VideoGen__HuggingFace__Provider", "fal-ai"),
            ("VideoGen__Inference__MaxConcurrent", $"{MaxRunning}"),
            ("VideoGen__Generation__MaxPollInterval", "00:00:10"));
        var picture = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "character.jpg"));
        var image = (await Backlog.UploadAsync(api.Client, picture)).GetProperty("imageUrl").GetString()!;
        var ids = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, generations, new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (_, _) => ids.Add(await Backlog.SubmitAsync(api.Client, image)));
        while (hub.Jobs.InFlight() < Math.Min(generations, MaxRunning))
        {
            await Task.Delay(500);
        }

        var measured = ids.First();
        Func<Task> status = () => api.Client.GetByteArrayAsync($"/generation/{measured}");
        Func<Task> submit = () => Backlog.SubmitAsync(api.Client, image);
        await OpenLoop.RunAsync(Requests, Interval, status);    // once for the compiler
        var statusBefore = await OpenLoop.RunAsync(Requests, Interval, status);
        var submitBefore = await OpenLoop.RunAsync(Requests, Interval, submit);
        var memoryBefore = Memory(api);

        var delays = new ConcurrentBag<double>();
        var streams = await Task.WhenAll(ids.Select(
            id => EventReader.OpenAsync(api.Client, $"/generation/{id}/events")));
        var watching = Task.WhenAll(streams.Select(WatchAsync));
        await Task.Delay(TimeSpan.FromSeconds(12));    // the first reads again are over
        var memoryAfter = Memory(api);
        var statusAfter = await OpenLoop.RunAsync(Requests, Interval, status);
        var submitAfter = await OpenLoop.RunAsync(Requests, Interval, submit);
        foreach (var job in hub.Jobs.All.Take(Endings))
        {
            hub.Jobs.Finish(job.Id);
        }

        // Rendered and stored: what comes after that is the work of this machine.
        for (var patience = Stopwatch.StartNew(); delays.Count < 2 * Endings && patience.Elapsed < TimeSpan.FromMinutes(1);)
        {
            await Task.Delay(200);
        }

        Report("status", statusBefore, statusAfter);
        Report("submit", submitBefore, submitAfter);
        var pushed = new Latencies([.. delays]);
        Console.WriteLine($"{streams.Length} watchers: working set {memoryBefore} MB before, {memoryAfter} MB with them");
        Console.WriteLine($"change to client, {delays.Count} versions: p50 / p99 / max ms "
            + $"{pushed.At(0.5):0.0} / {pushed.At(0.99):0.0} / {pushed.At(1):0.0}");
        Array.ForEach(streams, stream => stream.Dispose());
        await watching;

        async Task WatchAsync(EventReader stream)
        {
            try
            {
                await stream.NextEventAsync();
                while (await stream.NextEventAsync() is { } change)
                {
                    if (change.Id is not null)
                    {
                        var changedAt = change.Data.GetProperty("updatedAt").GetDateTimeOffset();
                        delays.Add((DateTimeOffset.UtcNow - changedAt).TotalMilliseconds);
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The measurement is over and has closed the stream.
            }
        }
    }

    private static long Memory(ApiProcess api) => Process.GetProcessById(api.Id).WorkingSet64 / 1_000_000;

    private static void Report(string name, Latencies before, Latencies after) => Console.WriteLine(
        $"| {name} | {before.At(0.5):0.0} / {before.At(0.99):0.0} | {after.At(0.5):0.0} / {after.At(0.99):0.0} |");
}
