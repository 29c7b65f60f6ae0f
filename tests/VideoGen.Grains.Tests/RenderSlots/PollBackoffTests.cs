using VideoGen.Grains.RenderSlots;

namespace VideoGen.Grains.Tests.RenderSlots;

public sealed class PollBackoffTests
{
    [Fact]
    public void The_head_of_the_queue_sees_every_step()
    {
        Assert.All(Enumerable.Range(1, PollBackoff.Head), place => Assert.Equal(2, PollBackoff.After(place, 1, 1).TotalSeconds));
    }

    [Theory]
    [InlineData(17, 4, 15, 32)]
    [InlineData(1_000, 4, 75, 95)]
    [InlineData(1_000, 1_000, 15, 31)]
    [InlineData(1_000_000, 4, 900, 900)]
    public void The_farther_back_the_longer_and_the_more_slots_the_sooner(int place, int slots, double least, double most)
    {
        Assert.InRange(PollBackoff.After(place, slots, 0).TotalSeconds, least, most);
        Assert.InRange(PollBackoff.After(place, slots, 1).TotalSeconds, least, most);
    }

    [Fact]
    public void Ten_thousand_that_wait_ask_less_than_a_hundred_times_a_second()
    {
        Assert.InRange(Enumerable.Range(1, 10_000).Sum(place => 1 / PollBackoff.After(place, 4, 0.5).TotalSeconds), 1, 100);
    }

    [Fact]
    public void Nobody_reaches_the_head_before_asking_again_as_long_as_a_render_takes_a_second()
    {
        Assert.All([100, 1_000, 10_000], place => Assert.True(PollBackoff.After(place, 4, 1).TotalSeconds < 30 + place / 4.0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1_000)]
    public void Nobody_up_to_the_place_that_has_asked_by_then_asks_later(int slots)
    {
        for (var seconds = 2; seconds < 1_200; seconds++)
        {
            var place = Math.Min(PollBackoff.AskedWithin(TimeSpan.FromSeconds(seconds), slots), 1_000_000);
            var delay = PollBackoff.After(place, slots, 1).TotalSeconds;
            var latest = delay > 60 ? delay + 60 : delay;    // a reminder ticks once a minute
            Assert.True(latest <= seconds, $"Place {place} asks within {latest} s, not {seconds}.");
        }

        Assert.Equal(0, PollBackoff.AskedWithin(TimeSpan.FromSeconds(1.9), slots));
    }
}
