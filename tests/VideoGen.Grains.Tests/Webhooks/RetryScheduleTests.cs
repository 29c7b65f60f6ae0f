using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    private static readonly RetrySchedule Default = RetrySchedule.Parse(new WebhookOptions().RetryDelays)!;

    [Fact]
    public void By_default_there_are_ten_attempts_in_three_days()
    {
        var delays = Enumerable.Range(1, 9).Select(tries => Default.After(tries, null, random: 0)!.Value).ToList();

        Assert.Equal(TimeSpan.FromSeconds(5), delays[0]);
        Assert.Equal(new TimeSpan(75, 35, 5), delays.Aggregate(TimeSpan.Zero, (sum, delay) => sum + delay));
        Assert.Null(Default.After(10, null, random: 0));
    }

    [Fact]
    public void Jitter_adds_up_to_a_tenth() =>
        Assert.Equal(TimeSpan.FromMinutes(33), Default.After(3, null, random: 1));

    [Fact]
    public void A_receiver_may_ask_for_more_time_but_not_for_less_and_not_for_more_than_a_day()
    {
        Assert.Equal(TimeSpan.FromMinutes(2), Default.After(1, TimeSpan.FromMinutes(2), random: 0));
        Assert.Equal(TimeSpan.FromMinutes(5), Default.After(2, TimeSpan.FromSeconds(1), random: 0));
        Assert.Equal(TimeSpan.FromDays(1), Default.After(1, TimeSpan.FromDays(9), random: 0));
        Assert.Equal(TimeSpan.FromSeconds(5), Default.After(1, TimeSpan.FromDays(-9), random: 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("00:00:05 soon")]
    [InlineData("2.00:00:00")]
    [InlineData("-00:00:05")]
    public void What_is_no_schedule_is_none(string text) => Assert.Null(RetrySchedule.Parse(text));
}
