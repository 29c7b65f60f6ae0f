using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Tests.Timing;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(1_000_000, 60)]
    public void The_wait_doubles_up_to_the_longest(int number, double seconds) =>
        Assert.Equal(seconds, Backoff.Delay(number, First, Longest, asked: null, random: 1).TotalSeconds);

    [Fact]
    public void Jitter_takes_up_to_half_away() =>
        Assert.Equal(4, Backoff.Delay(3, First, Longest, asked: null, random: 0).TotalSeconds);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(30, 30)]
    [InlineData(86_400, 60)]
    public void What_the_provider_asks_for_is_honoured_within_bounds(double asked, double seconds) =>
        Assert.Equal(seconds, Backoff.Delay(1, First, Longest, TimeSpan.FromSeconds(asked), random: 1).TotalSeconds);
}
