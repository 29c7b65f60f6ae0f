using Microsoft.Extensions.Options;
using VideoGen.Api.Subscriptions;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Notifications;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Subscriptions;

public sealed class SubscriptionHubTests
{
    private static readonly TimeSpan FirstRead = TimeSpan.FromSeconds(0.25);

    private readonly FakeClock _time = new();
    private readonly GenerationSnapshot _generation = Snapshots.Pending(Orders.NewId());
    private readonly Topic _topic;
    private readonly SubscriptionHub _hub;

    public SubscriptionHubTests() =>
        (_topic, _hub) = (Topic.Of(_generation), new SubscriptionHub(Options.Create(new EventOptions()), _time));

    [Fact]
    public void Subscriptions_that_keep_beginning_put_off_no_read()
    {
        using var first = _hub.Subscribe(_topic);
        _time.Advance(FirstRead * 0.75);
        using var second = _hub.Subscribe(_topic);
        Assert.Empty(_hub.TakeDue());

        _time.Advance(FirstRead * 0.25);

        Assert.Equal([_topic], _hub.TakeDue());
    }

    [Fact]
    public void A_subscription_that_joins_others_is_not_kept_waiting_for_their_next_read()
    {
        using var first = _hub.Subscribe(_topic);
        _time.Advance(FirstRead);
        Assert.Equal([_topic], _hub.TakeDue());
        using var second = _hub.Subscribe(_topic);

        _time.Advance(FirstRead);

        Assert.Equal([_topic], _hub.TakeDue());
    }

    [Fact]
    public void A_clock_that_is_put_back_puts_off_no_read()
    {
        using var subscription = _hub.Subscribe(_topic);
        _time.PutBack(TimeSpan.FromHours(1));

        _time.Advance(FirstRead);

        Assert.Equal([_topic], _hub.TakeDue());
    }

    [Fact]
    public void What_may_have_been_missed_is_read_at_once_and_whoever_watches_everything_is_told()
    {
        using var one = _hub.Subscribe(_topic);
        using var all = _hub.Subscribe(new Topic(_topic.Owner));
        Assert.True(HasMissed(all));
        Assert.Empty(_hub.TakeDue());

        _hub.Missed();

        Assert.Equal([_topic], _hub.TakeDue());
        Assert.True(HasMissed(all));
        Assert.False(HasMissed(all));
    }

    [Fact]
    public void A_first_subscription_and_the_end_of_the_last_are_told_to_who_brings_the_notifications()
    {
        List<string> seen = [];
        _hub.OwnersChanged = () => seen.Add(string.Join(' ', _hub.Owners));

        var one = _hub.Subscribe(_topic);
        var all = _hub.Subscribe(new Topic(_topic.Owner));
        one.Dispose();
        all.Dispose();

        Assert.Equal([_topic.Owner, ""], seen);
    }

    [Fact]
    public void Who_watches_everything_is_told_to_look_once_the_notifications_come()
    {
        _hub.OwnersChanged = () => { };
        using var all = _hub.Subscribe(new Topic("ann"));
        Assert.False(HasMissed(all));

        _hub.Connected("ann");
        Assert.True(HasMissed(all));

        _hub.Connected("ann");
        Assert.False(HasMissed(all));

        _hub.Disconnected("ann");
        _hub.Connected("ann");
        Assert.True(HasMissed(all));
    }

    [Fact]
    public void A_read_is_told_to_those_of_the_generation_and_a_change_to_all_of_its_owner()
    {
        using var one = _hub.Subscribe(_topic);
        using var all = _hub.Subscribe(new Topic(_topic.Owner));
        using var other = _hub.Subscribe(new Topic(_topic.Owner, Orders.NewId()));

        _hub.Found(_topic, _generation);
        Assert.Equal([1, 0, 0], new[] { one, all, other }.Select(subscription => subscription.Take(out _).Count));

        _hub.Publish(GenerationNotification.Of(_generation));
        Assert.Equal([1, 1, 0], new[] { one, all, other }.Select(subscription => subscription.Take(out _).Count));
    }

    private static bool HasMissed(Subscription subscription)
    {
        subscription.Take(out var hasMissed);
        return hasMissed;
    }
}
