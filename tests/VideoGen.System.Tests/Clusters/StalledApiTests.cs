using System.Collections.Concurrent;
using VideoGen.FakeHub;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>
/// Clients of an API process that misses something: what they were not told meanwhile has to reach them afterwards.
/// </summary>
public sealed class StalledApiTests(ITestOutputHelper output)
{
    /// <summary>Longer than anything in the product that is forgotten when nobody renews it.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(25);

    [Fact]
    public Task An_end_that_came_while_the_process_stood_still_is_told_afterwards() => RunAsync(async (hub, _, stalled, other) =>
    {
        var (id, feed, stream) = await WatchAsync(hub, stalled, other);
        var stall = Task.Delay(Stall);
        stalled.Freeze();
        await EndAsync(hub, other, id);
        await stall;
        var (toldByFeed, toldByStream) = (feed.Count, stream.Count);
        stalled.Thaw();

        await ArrivesAsync(feed, toldByFeed, id);
        await ArrivesAsync(stream, toldByStream, id);
    });

    [Fact]
    public Task An_end_that_came_while_Redis_was_away_is_told_when_it_is_back() => RunAsync(async (hub, redis, api, other) =>
    {
        var (id, feed, stream) = await WatchAsync(hub, api, other);
        await redis.StopAsync();
        hub.Jobs.Finish(hub.TheJob(Script).Id);
        var (toldByFeed, toldByStream) = (feed.Count, stream.Count);
        await redis.StartAsync();

        await ArrivesAsync(feed, toldByFeed, id);
        await ArrivesAsync(stream, toldByStream, id);
    });

    private const string Script = "watched from a process that stalls";

    private static async Task<(string Id, Told Feed, Told Stream)> WatchAsync(FakeHubServer hub, ApiProcess api, ApiProcess other)
    {
        var feed = new Told(await EventReader.OpenAsync(api.Client, "/events"));
        var id = await other.Client.OrderAsync(await other.Client.UploadAsync(), Script);
        await Eventually.TrueAsync(() => hub.Jobs.For(Script).Any(job => job.Polls > 0), "The generation does not begin.");
        var stream = new Told(await EventReader.OpenAsync(api.Client, $"/generation/{id}/events"));
        await Eventually.TrueAsync(() => stream.Count > 0 && feed.Has(0, id, "processing"), "The watchers are told nothing.");
        return (id, feed, stream);
    }

    private static async Task EndAsync(FakeHubServer hub, ApiProcess other, string id)
    {
        hub.Jobs.Finish(hub.TheJob(Script).Id);
        Assert.Equal("completed", (await other.Client.EndAsync(id)).Outcome());
    }

    /// <summary>The end itself, or the call to look at the list, which has it.</summary>
    private async Task ArrivesAsync(Told events, int told, string id)
    {
        var from = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => events.Has(told, id, "completed") || events.IsReady(told), $"No end came. {events}");
        output.WriteLine($"After {TimeProvider.System.GetElapsedTime(from).TotalSeconds:0.0} s: {events}");
    }

    private async Task RunAsync(Func<FakeHubServer, RedisServer, ApiProcess, ApiProcess, Task> test)
    {
        using var data = new TemporaryDirectory();
        await using var hub = await Hub.StartAsync(renderSeconds: 36_000, shaped: true);
        await using var redis = new RedisServer();
        await redis.StartAsync();
        (string, string)[] settings =
        [
            .. hub.Settings("fal-ai"),
            ("ConnectionStrings__redis", redis.ConnectionString),
            ("VideoGen__DataDirectory", data.Path),
            ("Orleans__Endpoints__AdvertisedIPAddress", "127.0.0.1"),
        ];
        using var silo = ProductProcess.Start("VideoGen.Silo", ["--urls", "http://127.0.0.1:0"],
        [
            .. settings,
            ("Orleans__Endpoints__SiloPort", $"{FreePorts.Take()}"),
            ("Orleans__Endpoints__GatewayPort", $"{FreePorts.Take()}"),
        ]);
        try
        {
            await using var api = await ApiProcess.StartAsync(settings);
            await using var other = await ApiProcess.StartAsync(settings);
            await test(hub, redis, api, other);
        }
        catch (Exception)
        {
            output.WriteLine(silo.Log);
            throw;
        }
        finally
        {
            await silo.KillAsync();
        }
    }

    /// <summary>What one stream was told so far, read all the time.</summary>
    private sealed class Told
    {
        private readonly ConcurrentQueue<ReceivedEvent> _events = [];

        public Told(EventReader reader) => _ = ReadAsync(reader);

        public int Count => _events.Count;

        public bool Has(int from, string id, string status) => _events.Skip(from).Any(
            one => one.Name is "generation" && one.Text("id") == id && one.Text("status") == status);

        public bool IsReady(int from) => _events.Skip(from).Any(one => one.Name is "ready");

        public override string ToString() =>
            string.Join(", ", _events.Select(one => one.Name is "generation" ? one.Text("status") : one.Name));

        private async Task ReadAsync(EventReader reader)
        {
            using var stream = reader;
            try
            {
                while (await stream.NextEventAsync() is { } next)
                {
                    _events.Enqueue(next);
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The test is over, or nothing came: both show in what was told.
            }
        }
    }
}
