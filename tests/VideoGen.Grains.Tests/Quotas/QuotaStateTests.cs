using System.Text.Json;
using VideoGen.Grains.Quotas;

namespace VideoGen.Grains.Tests.Quotas;

public sealed class QuotaStateTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_new_day_begins_with_nothing_spent_and_forgets_nobody_who_is_unfinished()
    {
        var spent = new QuotaState().On(Today).Take("a", countsUnfinished: true).Take("b", countsUnfinished: true);

        var next = spent.On(Today.AddDays(1));

        Assert.Equal((2, 0), (spent.Renders, next.Renders));
        Assert.Equal(["a", "b"], next.Unfinished);
    }

    [Fact]
    public void A_clock_that_lags_behind_brings_no_day_back()
    {
        var spent = new QuotaState().On(Today).Take("a", countsUnfinished: false);

        Assert.Same(spent, spent.On(Today.AddDays(-1)));
        Assert.Empty(spent.Unfinished);
    }

    [Fact]
    public void A_generation_that_is_ordered_again_takes_one_place_and_two_renders()
    {
        var spent = new QuotaState().On(Today).Take("a", countsUnfinished: true).Take("a", countsUnfinished: true);

        Assert.Equal(2, spent.Renders);
        Assert.Equal(["a"], spent.Unfinished);
    }

    [Fact]
    public void A_state_that_was_stored_loads_whole()
    {
        var stored = JsonSerializer.Deserialize<QuotaState>("""{"Day":"2026-11-24","Renders":7,"Unfinished":["a","b"]}""")!;

        Assert.Equal((Today, 7), (stored.Day, stored.Renders));
        Assert.Equal(["a", "b"], stored.Unfinished);
    }

    [Fact]
    public void The_bucket_holds_one_minute_and_fills_evenly()
    {
        var now = TimeSpan.FromHours(1);
        var pace = TokenBucket.Full(6, now);
        for (var i = 0; i < 6; i++)
        {
            Assert.True(pace.HasOne);
            pace = pace.Take();
        }

        Assert.False(pace.HasOne);
        Assert.Equal(TimeSpan.FromSeconds(10), pace.UntilOne);
        Assert.False(pace.Fill(now + TimeSpan.FromSeconds(9)).HasOne);
        Assert.True(pace.Fill(now + TimeSpan.FromSeconds(10)).HasOne);
        Assert.Equal(6, pace.Fill(now * 2).Left);
        Assert.Same(pace, pace.Fill(now));
    }

    [Fact]
    public void A_generation_of_a_storyboard_is_held_with_it_and_counts_once()
    {
        var state = new QuotaState().Take("a", countsUnfinished: true, "board").Take("a", countsUnfinished: true);

        Assert.Equal(("a", "board"), QuotaState.Read(Assert.Single(state.Unfinished)));
        Assert.Equal((2, true, false), (state.Renders, state.Holds("a"), state.Holds("b")));
    }
}
