using VideoGen.Api.Live;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Ports;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Live;

public sealed class WatchTests
{
    [Fact]
    public void A_slow_reader_gets_the_latest_of_each_generation()
    {
        using var watch = new Watch(_ => { });
        var (one, other) = (Snapshots.Pending(Orders.NewId()), Snapshots.Pending(Orders.NewId()));

        for (var version = 1; version <= 10_000; version++)
        {
            watch.Post(NewsItem.Of(one with { Version = version }));
        }

        watch.Post(NewsItem.Of(other));

        Assert.Equal([10_000, 1], watch.Take(out var hasMissed).Select(item => item.Generation!.Version));
        Assert.False(hasMissed);
        Assert.Empty(watch.Take(out _));
    }

    [Fact]
    public void A_read_that_news_have_overtaken_replaces_nothing()
    {
        using var watch = new Watch(_ => { });
        var generation = Snapshots.Pending(Orders.NewId());

        watch.Post(NewsItem.Of(generation with { Version = 2 }));
        watch.Post(NewsItem.Of(generation));

        Assert.Equal(2, Assert.Single(watch.Take(out _)).Generation!.Version);
    }

    [Fact]
    public void More_generations_than_fit_are_dropped_and_it_says_so()
    {
        using var watch = new Watch(_ => { });
        for (var count = 0; count < 1001; count++)
        {
            watch.Post(NewsItem.Of(Snapshots.Pending(Orders.NewId())));
        }

        Assert.Empty(watch.Take(out var hasMissed));
        Assert.True(hasMissed);
    }

    [Fact]
    public async Task What_arrives_between_two_waits_is_not_slept_over()
    {
        using var watch = new Watch(_ => { });
        watch.Post(NewsItem.Of(Snapshots.Pending(Orders.NewId())));
        watch.Take(out _);
        watch.Post(NewsItem.Of(Snapshots.Pending(Orders.NewId())));

        Assert.True(await watch.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, default));
        Assert.Single(watch.Take(out _));
        Assert.False(await watch.WaitAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, default));
    }
}
