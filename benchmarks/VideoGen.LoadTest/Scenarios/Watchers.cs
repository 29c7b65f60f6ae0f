using System.Collections.Concurrent;
using VideoGen.FakeHub;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// As many event streams as unfinished generations, up to a thousand of which run at a provider: what they cost in memory,
/// whether they slow others, and how long after a change they tell it.
/// </summary>
internal static class Watchers
{
    /// <summary>The most that the settings allow; further ones wait in the queue.</summary>
    private const int MaxRunning = 1000;

    private const double Rate = 40;
    private const int Submitters = 16;
    private const int Endings = 40;

    public static async Task RunAsync(LoadOptions options, Report report)
    {
        var count = options.Generations;
        Report.Title(FormattableString.Invariant($"{count} watchers, on a standalone server"));
        await using var hub = await FakeHubServer.StartAsync(new FakeHubOptions { Settings = new() { RenderSeconds = 36_000 } });
        await using var api = await ApiProcess.StartAsync(
            ("HF_TOKEN", "hf_load"),
            ("VideoGen__HuggingFace__HubUrl", hub.Address.AbsoluteUri),
            ("VideoGen__HuggingFace__RouterUrl", hub.RouterUrl.AbsoluteUri),
            ("VideoGen__HuggingFace__AllowLoopback", "true"),
            ("VideoGen__HuggingFace__Provider", "fal-ai"),
            ("VideoGen__Inference__MaxConcurrent", $"{MaxRunning}"),
            ("VideoGen__Generation__MaxPollInterval", "00:00:10"));
        using var meter = new Meter(new Dictionary<string, int> { ["api"] = api.Id }, redis: null);
        var order = RawRequest.Order(await api.Client.UploadAsync());
        var ids = new ConcurrentBag<string>();
        var submits = new Load([api.Client.BaseAddress!], Submitters)
        {
            Request = _ => order,
            Answered = answer => ids.Add(answer.GenerationId()),
        };
        (await submits.RunAsync(TimeSpan.FromMinutes(2), most: count)).EnsureSuccess(count);
        await Eventually.TrueAsync(() => hub.Jobs.InFlight() >= Math.Min(count, MaxRunning), "Not all jobs have begun.");

        List<Figures> rows = [];
        var status = RawRequest.Get($"/generation/{ids.First()}");
        await MeasureAsync("no watchers");
        var delays = new ConcurrentBag<double>();
        var streams = await Task.WhenAll(ids.Select(
            id => EventReader.OpenAsync(api.Client, $"/generation/{id}/events")));
        var watching = Task.WhenAll(streams.Select(WatchAsync));
        await Task.Delay(TimeSpan.FromSeconds(12));    // the first reads again are over
        await MeasureAsync($"{streams.Length} watchers");
        foreach (var job in hub.Jobs.All.Take(Endings))
        {
            hub.Jobs.Finish(job.Id);
        }

        // Rendered and stored: what comes after that is the work of this machine.
        await Eventually.TrueAsync(() => delays.Count >= 2 * Endings, "Not all changes were told.");
        report.Table(rows);
        double[] pushed = [.. delays.Order()];
        Report.Say(
            $"\nFrom a change to the client, {pushed.Length} versions: median {pushed[pushed.Length / 2]:0} ms, longest {pushed[^1]:0} ms");
        Array.ForEach(streams, stream => stream.Dispose());
        await watching;

        async Task MeasureAsync(string when)
        {
            foreach (var (name, request) in new[] { ("status", status), ("submit", order) })
            {
                var load = new Load([api.Client.BaseAddress!], options.Connections) { Request = _ => request };
                await load.RunAsync(options.WarmUp, Rate);
                rows.Add(await meter.MeasureAsync($"{name}, {when}", () => load.RunAsync(options.Seconds, Rate)));
            }
        }

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
}
