using VideoGen.Api.Subscriptions;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Notifications;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Subscriptions;

public sealed class SubscriptionTests
{
    [Fact]
    public void A_slow_reader_gets_the_latest_of_each_generation()
    {
        using var subscription = new Subscription(default, _ => { });
        var (one, other) = (Snapshots.Pending(Orders.NewId()), Snapshots.Pending(Orders.NewId()));

        for (var version = 1; version <= 10_000; version++)
        {
            subscription.Post(GenerationNotification.Of(one with { Version = version }));
        }

        subscription.Post(GenerationNotification.Of(other));

        Assert.Equal([10_000, 1], subscription.Take(out var hasMissed).Select(item => item.Generation!.Version));
        Assert.False(hasMissed);
        Assert.Empty(subscription.Take(out _));
    }

    [Fact]
    public void A_read_that_a_notification_has_overtaken_replaces_nothing()
    {
        using var subscription = new Subscription(default, _ => { });
        var generation = Snapshots.Pending(Orders.NewId());

        subscription.Post(GenerationNotification.Of(generation with { Version = 2 }));
        subscription.Post(GenerationNotification.Of(generation));

        Assert.Equal(2, Assert.Single(subscription.Take(out _)).Generation!.Version);
    }

    [Fact]
    public void More_generations_than_fit_are_dropped_and_it_says_so()
    {
        using var subscription = new Subscription(default, _ => { });
        for (var count = 0; count < 1001; count++)
        {
            subscription.Post(GenerationNotification.Of(Snapshots.Pending(Orders.NewId())));
        }

        Assert.Empty(subscription.Take(out var hasMissed));
        Assert.True(hasMissed);
    }

    [Fact]
    public async Task What_arrives_between_two_waits_is_not_slept_over()
    {
        using var subscription = new Subscription(default, _ => { });
        subscription.Post(GenerationNotification.Of(Snapshots.Pending(Orders.NewId())));
        subscription.Take(out _);
        subscription.Post(GenerationNotification.Of(Snapshots.Pending(Orders.NewId())));

        Assert.True(await subscription.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, default));
        Assert.Single(subscription.Take(out _));
        Assert.False(await subscription.WaitAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, default));
    }
}
