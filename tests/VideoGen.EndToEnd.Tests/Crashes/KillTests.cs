namespace VideoGen.EndToEnd.Tests.Crashes;

/// <summary>SIGKILL at every step of the ledger and in between, with jobs at all four providers.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 50;

    [Fact]
    public Task Killed_at_fifty_moments_it_loses_nothing_and_orders_nothing_twice()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");

        // Two of them at once, because most of such a life is spent waiting; together they meet every moment at every provider.
        return Task.WhenAll(
            new ManyLives(output, firstRound: 0, Kills / 2).RunAsync(new Random(seed)),
            new ManyLives(output, firstRound: Kills / 2, Kills / 2).RunAsync(new Random(seed + 1)));
    }
}
