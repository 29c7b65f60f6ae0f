using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VideoGen.Api.Live;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Live;

public sealed class WatchRoomTests
{
    private static readonly TimeSpan FirstRead = TimeSpan.FromSeconds(0.25);

    private readonly FakeTimeProvider _time = new();
    private readonly Topic _topic = Topic.Generation(Orders.NewId());
    private readonly WatchRoom _room;

    public WatchRoomTests() => _room = new WatchRoom(Options.Create(new LiveOptions()), _time);

    [Fact]
    public void Watchers_who_keep_coming_put_off_no_read()
    {
        using var first = _room.Enter(_topic);
        _time.Advance(FirstRead * 0.75);
        using var second = _room.Enter(_topic);
        Assert.Empty(_room.TakeDue());

        _time.Advance(FirstRead * 0.25);

        Assert.Equal([_topic.Key], _room.TakeDue());
    }

    [Fact]
    public void A_watcher_who_comes_to_others_is_not_kept_waiting_for_their_next_read()
    {
        using var first = _room.Enter(_topic);
        _time.Advance(FirstRead);
        Assert.Equal([_topic.Key], _room.TakeDue());
        using var second = _room.Enter(_topic);

        _time.Advance(FirstRead);

        Assert.Equal([_topic.Key], _room.TakeDue());
    }
}
