namespace VideoGen.SystemTests.Crashes;

/// <summary>SIGKILL at every step of the ledger and in between, with jobs at all four providers.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_at_every_step_it_loses_nothing_and_orders_nothing_twice()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");

        // Two of them at once, because most of such a life is spent waiting. Together they meet every moment, and from run to run
        // every moment meets every provider.
        var first = new Random(seed).Next(1000);
        var rounds = TestSettings.LongRounds ?? (Moment.All.Length + 1) / 2;
        var lives = await Task.WhenAll(
            new ManyLives(output, first, rounds).RunAsync(new Random(seed)),
            new ManyLives(output, first + rounds, rounds).RunAsync(new Random(seed + 1)));

        // A provider has its turn in one or two rounds of a life, and each kill of these may come before there is a job.
        Assert.True(lives.SelectMany(life => life.Providers).Distinct().Count() >= 2, "The jobs were at one provider only.");

        // Chance decides how many submits a kill cuts off: of 24 orders, 16 are to complete, and 7 to 13 of them mostly do.
        Assert.True(lives.Sum(life => life.Completed) >= 3, "The kills left hardly anything to complete.");
    }
}
