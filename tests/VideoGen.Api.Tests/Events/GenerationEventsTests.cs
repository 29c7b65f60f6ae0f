using System.Net;
using Microsoft.Extensions.Logging;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Events;

public sealed class GenerationEventsTests
{
    private const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";
    private const string Path = $"/generation/{Id}/events";

    private static readonly GenerationSnapshot Pending = Snapshots.Pending(Id);

    private static GenerationSnapshot Rendering(double progress) => Pending with
    {
        Version = 3,
        Status = GenerationStatus.Processing,
        Stage = GenerationStage.Rendering,
        Progress = progress,
        QueuePosition = null,
        Backend = "huggingface",
    };

    private static readonly GenerationLog Log = new()
    {
        Lines =
        [
            new(1, Snapshots.Created, LogKind.Accepted, GenerationStatus.Pending, 0),
            new(1, Snapshots.Created, LogKind.Waiting, GenerationStatus.Pending, 0),
            new(2, Snapshots.Created.AddSeconds(1), LogKind.AttemptStarted, GenerationStatus.Processing, 1, Detail: "fal-ai"),
            new(3, Snapshots.Created.AddSeconds(2), LogKind.Failed, GenerationStatus.Failed, 1, Orders.Error()),
            new(4, Snapshots.Created.AddSeconds(3), LogKind.Retried, GenerationStatus.Pending, 1),
            new(5, Snapshots.Created.AddSeconds(4), LogKind.AttemptStarted, GenerationStatus.Processing, 2, Detail: "fal-ai"),
            new(6, Snapshots.Created.AddSeconds(5), LogKind.Submitted, GenerationStatus.Processing, 2),
            new(7, Snapshots.Created.AddSeconds(6), LogKind.Completed, GenerationStatus.Completed, 2),
        ],
    };

    [Theory]
    [InlineData("")]
    [InlineData("/api")]
    public async Task A_watcher_sees_the_present_and_then_every_change_until_the_end(string prefix)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Pending);
        using var watcher = await EventReader.OpenAsync(api.Client, prefix + Path);

        var first = await watcher.NextEventAsync();
        api.Change(Pending with { Version = 2, Status = GenerationStatus.Processing, Stage = GenerationStage.Submitting });
        var second = await watcher.NextEventAsync();
        api.Change(Rendering(0.1));
        var third = await watcher.NextEventAsync();
        api.Change(Rendering(0.2));
        var progress = await watcher.NextEventAsync();
        api.Change(Snapshots.Completed(Id) with { Version = 4 });
        var rest = await watcher.RestAsync();

        Assert.Equal("text/event-stream", watcher.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal([1, 2, 3, null, 4], new[] { first, second, third, progress, Assert.Single(rest) }.Select(one => one!.Id));
        Assert.Equal(("queued", 3), (first!.Text("stage"), first.Data.GetProperty("queuePosition").GetInt32()));
        Assert.Equal(0.2, progress!.Data.GetProperty("progress").GetDouble());
        Assert.Equal("completed", rest[0].Text("status"));
        using var status = await api.Client.GetAsync("/generation/" + Id);
        Assert.Equal(await status.Content.ReadAsStringAsync(), rest[0].Data.GetRawText());
    }

    [Theory]
    [InlineData("header")]
    [InlineData("query")]
    public async Task A_watcher_that_comes_back_sees_every_version_it_missed_as_it_was(string how)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(Id), Log);

        using var watcher = await (how == "header"
            ? EventReader.OpenAsync(api.Client, Path, lastEventId: 1)
            : EventReader.OpenAsync(api.Client, Path + "?lastEventId=1"));
        var events = await watcher.RestAsync();

        Assert.Equal([2, 3, 4, 5, 6, 7], events.Select(one => one.Id));
        Assert.Equal(
            ["processing", "failed", "pending", "processing", "processing", "completed"],
            events.Select(one => one.Text("status")));
        Assert.Equal(
            ["submitting", "done", "queued", "submitting", "rendering", "done"], events.Select(one => one.Text("stage")));
        Assert.Equal([1, 1, 1, 2, 2, 1], events.Select(one => one.Data.GetProperty("attempt").GetInt32()));
        Assert.Equal("2026-11-23T01:09:17.589Z", events[0].Text("updatedAt"));
        Assert.Equal([false, true, false, false, false, false],
            events.Select(one => one.Data.GetProperty("error").ValueKind is not
            System.Text.Json.JsonValueKind.Null));
        Assert.Equal([false, false, false, false, false, true],
            events.Select(one => one.Data.GetProperty("videoUrl").ValueKind is not
            System.Text.Json.JsonValueKind.Null));
    }

    [Fact]
    public async Task Versions_that_were_not_published_are_told_from_the_log()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Pending);
        using var watcher = await EventReader.OpenAsync(api.Client, Path);
        await watcher.NextEventAsync();

        api.Change(Snapshots.Completed(Id), Log);

        Assert.Equal([2, 3, 4, 5, 6, 7], (await watcher.RestAsync()).Select(one => one.Id));
    }

    [Fact]
    public async Task A_lost_notification_is_found_by_reading_again()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Live:ReadAgain", "00:00:00.300"));
        api.Cluster.Put(Pending);
        using var watcher = await EventReader.OpenAsync(api.Client, Path);
        await watcher.NextEventAsync();

        api.Cluster.Put(Snapshots.Completed(Id), Log);    // and nobody publishes it

        Assert.Equal([2, 3, 4, 5, 6, 7], (await watcher.RestAsync()).Select(one => one.Id));
    }

    [Fact]
    public async Task A_notification_that_was_overtaken_is_not_told()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Rendering(0.1), Log);
        using var watcher = await EventReader.OpenAsync(api.Client, Path);
        await watcher.NextEventAsync();

        api.Hub.Publish(Grains.Notifications.GenerationNotification.Of(Pending));
        api.Change(Rendering(0.1), Log);
        api.Change(Rendering(0.2), Log);

        Assert.Equal(0.2, (await watcher.NextEventAsync())!.Data.GetProperty("progress").GetDouble());
    }

    [Fact]
    public async Task A_watcher_that_has_seen_the_end_is_told_not_to_come_back()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(Id));

        using var watcher = await EventReader.OpenAsync(api.Client, Path, lastEventId: 7);

        Assert.Equal(HttpStatusCode.NoContent, watcher.Response.StatusCode);
    }

    [Fact]
    public async Task A_watcher_that_has_seen_the_last_version_of_an_unfinished_one_goes_on_with_the_live_part()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Rendering(0.1));

        using var watcher = await EventReader.OpenAsync(api.Client, Path, lastEventId: 3);

        var first = await watcher.NextEventAsync();
        Assert.Equal((null, 0.1), (first!.Id, first.Data.GetProperty("progress").GetDouble()));
    }

    [Fact]
    public async Task A_quiet_stream_says_that_it_is_alive()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Live:Heartbeat", "00:00:00.100"));
        api.Cluster.Put(Pending);
        using var watcher = await EventReader.OpenAsync(api.Client, Path);
        await watcher.NextEventAsync();

        Assert.Equal(": heartbeat", (await watcher.NextAsync())!.Name);
        Assert.Equal(": heartbeat", (await watcher.NextAsync())!.Name);
    }

    [Fact]
    public async Task Reading_again_what_is_not_new_does_not_hold_the_heartbeat_back()
    {
        await using var api = await ApiHost.StartAsync(
            ("VideoGen:Live:Heartbeat", "00:00:00.500"), ("VideoGen:Live:ReadAgain", "00:00:00.100"));
        api.Cluster.Put(Pending);
        using var watcher = await EventReader.OpenAsync(api.Client, Path);
        await watcher.NextEventAsync();

        Assert.Equal(": heartbeat", (await watcher.NextAsync())!.Name);
        Assert.Equal(": heartbeat", (await watcher.NextAsync())!.Name);
    }

    [Fact]
    public async Task A_stream_ends_when_its_generation_is_deleted()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Pending);
        using var watcher = await EventReader.OpenAsync(api.Client, Path);
        await watcher.NextEventAsync();

        api.Hub.Publish(new Grains.Notifications.GenerationNotification("public", Id, null));

        var deleted = Assert.Single(await watcher.RestAsync());
        Assert.Equal(("deleted", Id), (deleted.Name, deleted.Text("id")));
    }

    [Fact]
    public async Task Streams_end_when_the_server_stops()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Pending);
        using var watcher = await EventReader.OpenAsync(api.Client, Path);
        using var feed = await EventReader.OpenAsync(api.Client, "/events");
        await watcher.NextEventAsync();
        await feed.NextEventAsync();

        var stop = api.StopAsync();

        Assert.Empty(await watcher.RestAsync());
        Assert.Empty(await feed.RestAsync());
        await stop;
    }

    [Fact]
    public async Task A_place_is_free_again_when_a_watcher_goes_and_until_then_the_next_is_sent_away()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Live:MaxStreams", "1"));
        api.Cluster.Put(Pending);
        using (var watcher = await EventReader.OpenAsync(api.Client, Path))
        {
            using var refused = await api.Client.GetAsync("/events");
            await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "streams_busy");
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        HttpStatusCode status;
        do
        {
            using var again = await EventReader.OpenAsync(api.Client, Path);
            status = again.Response.StatusCode;
            await Task.Delay(20, patience.Token);
        }
        while (status is not HttpStatusCode.OK);

        Assert.DoesNotContain(api.Log.Lines, line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task The_events_of_an_unknown_id_answer_404()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GetAsync(Path);

        await response.ProblemAsync(HttpStatusCode.NotFound, "generation_not_found");
    }
}
