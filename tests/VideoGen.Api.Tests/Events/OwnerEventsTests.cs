using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Notifications;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Events;

public sealed class OwnerEventsTests
{
    [Theory]
    [InlineData("/events")]
    [InlineData("/api/events")]
    public async Task The_feed_begins_with_ready_and_tells_of_every_generation_without_ids(string path)
    {
        await using var api = await ApiHost.StartAsync();
        using var feed = await EventReader.OpenAsync(api.Client, path);
        var ready = await feed.NextEventAsync();
        var (one, other) = (Snapshots.Pending(Orders.NewId()), Snapshots.Completed(Orders.NewId()));

        api.Change(one);
        var first = await feed.NextEventAsync();
        api.Change(other);
        var second = await feed.NextEventAsync();
        api.Hub.Publish(new GenerationNotification("public", one.Id, null));
        var third = await feed.NextEventAsync();

        Assert.Equal(("ready", "{}"), (ready!.Name, ready.Data.GetRawText()));
        Assert.Equal(("generation", null, one.Id), (first!.Name, first.Id, first.Text("id")));
        Assert.Equal(("generation", "completed"), (second!.Name, second.Text("status")));
        Assert.Equal(("deleted", one.Id), (third!.Name, third.Text("id")));
    }

    [Fact]
    public async Task Other_owners_are_not_told_of()
    {
        await using var api = await ApiHost.StartAsync();
        using var feed = await EventReader.OpenAsync(api.Client, "/events");
        await feed.NextEventAsync();
        var (foreign, own) = (Snapshots.Pending(Orders.NewId()), Snapshots.Pending(Orders.NewId()));

        api.Change(foreign with { Request = foreign.Request with { Owner = "somebody else" } });
        api.Change(own);

        Assert.Equal(own.Id, (await feed.NextEventAsync())!.Text("id"));
    }

    [Fact]
    public async Task Ready_comes_again_when_notifications_may_have_been_lost()
    {
        await using var api = await ApiHost.StartAsync();
        using var feed = await EventReader.OpenAsync(api.Client, "/events");
        await feed.NextEventAsync();

        api.Hub.Missed();

        Assert.Equal("ready", (await feed.NextEventAsync())!.Name);
    }
}
