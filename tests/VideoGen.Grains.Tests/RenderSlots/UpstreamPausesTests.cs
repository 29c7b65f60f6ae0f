using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.RenderSlots;

namespace VideoGen.Grains.Tests.RenderSlots;

public sealed class UpstreamPausesTests
{
    private static readonly UpstreamPause NoCredit = new(GenerationErrorCode.PaymentRequired, "The account has no credit left.");
    private static readonly DateTimeOffset Utc = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_probe_follows_after_15_s_and_the_next_ones_after_twice_as_long_up_to_5_minutes()
    {
        var (pauses, now) = (UpstreamPauses.None.Refused(NoCredit, "first", Utc, TimeSpan.Zero), TimeSpan.Zero);

        foreach (var seconds in (int[])[15, 30, 60, 120, 240, 300, 300])
        {
            Assert.False(pauses.LetsGo(null, now + TimeSpan.FromSeconds(seconds - 0.1)));
            now += TimeSpan.FromSeconds(seconds);
            Assert.True(pauses.LetsGo(null, now));
            pauses = pauses.Granted(null, "probe");
            Assert.True(pauses.IsProbe("probe"));
            Assert.False(pauses.LetsGo(null, now + TimeSpan.FromHours(1)), "There is one probe at a time.");
            pauses = pauses.Refused(NoCredit, "probe", Utc, now);
        }
    }

    [Fact]
    public void The_end_of_a_probe_is_the_end_of_the_pause()
    {
        var pauses = UpstreamPauses.None.Refused(NoCredit, "first", Utc, TimeSpan.Zero).Granted(null, "probe");

        Assert.Same(pauses, pauses.Accepted("another"));
        Assert.Empty(pauses.Accepted("probe").All);
    }

    [Fact]
    public void A_probe_that_says_nothing_is_followed_by_another_after_the_same_time()
    {
        var pauses = UpstreamPauses.None.Refused(NoCredit, "first", Utc, TimeSpan.Zero).Granted(null, "probe")
            .Left("probe", TimeSpan.FromSeconds(100));

        Assert.False(pauses.LetsGo(null, TimeSpan.FromSeconds(114)));
        Assert.True(pauses.LetsGo(null, TimeSpan.FromSeconds(115)));
    }

    [Fact]
    public void Refusals_of_what_was_sent_before_make_no_probe_later()
    {
        var pauses = UpstreamPauses.None.Refused(NoCredit, "first", Utc, TimeSpan.Zero);
        foreach (var second in Enumerable.Range(1, 9))
        {
            pauses = pauses.Refused(NoCredit, $"other-{second}", Utc, TimeSpan.FromSeconds(second));
        }

        Assert.Single(pauses.All);
        Assert.True(pauses.LetsGo(null, TimeSpan.FromSeconds(15)));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(60, 60)]
    [InlineData(36_000, 300)]
    public void An_upstream_that_says_when_is_asked_then_but_not_later_than_after_5_minutes(int asked, int expected)
    {
        var pauses = UpstreamPauses.None.Refused(NoCredit with { RetryAfter = TimeSpan.FromSeconds(asked) }, "a", Utc,
            TimeSpan.Zero);

        Assert.False(pauses.LetsGo(null, TimeSpan.FromSeconds(expected - 0.1)));
        Assert.True(pauses.LetsGo(null, TimeSpan.FromSeconds(expected)));
    }

    [Fact]
    public void A_pause_of_a_model_stops_its_orders_and_those_that_name_none()
    {
        var pauses = UpstreamPauses.None.Refused(
            new UpstreamPause(GenerationErrorCode.ModelUnavailable, "Nobody serves it.", Model: "wan"), "a", Utc, TimeSpan.Zero);

        Assert.False(pauses.LetsGo("wan", TimeSpan.Zero));
        Assert.False(pauses.LetsGo(null, TimeSpan.Zero));
        Assert.True(pauses.LetsGo("ltx", TimeSpan.Zero));
        Assert.Null(pauses.Of("ltx"));
        Assert.Equal("Nobody serves it.", pauses.Of("wan")!.Pause.Message);
    }

    [Fact]
    public void A_probe_that_finds_another_reason_leaves_the_first_pause_to_the_next_probe()
    {
        var model = new UpstreamPause(GenerationErrorCode.ModelUnavailable, "Nobody serves it.", Model: "wan");
        var now = TimeSpan.FromSeconds(15);
        var pauses = UpstreamPauses.None.Refused(NoCredit, "a", Utc, TimeSpan.Zero).Granted("wan", "probe")
            .Refused(model, "probe", Utc, now);

        Assert.Equal(2, pauses.All.Length);
        Assert.False(pauses.IsProbe("probe"));
        Assert.False(pauses.LetsGo("ltx", now + TimeSpan.FromSeconds(14)));
        Assert.True(pauses.LetsGo("ltx", now + TimeSpan.FromSeconds(15)));
    }
}
