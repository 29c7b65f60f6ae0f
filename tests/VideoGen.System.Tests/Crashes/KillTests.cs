namespace VideoGen.SystemTests.Crashes;

/// <summary>SIGKILL at every step of the ledger and in between, with jobs at all four providers.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_at_every_step_it_loses_nothing_and_orders_nothing_twice()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");

        // Two of them at once, because most of such a life is spent waiting. Each meets every moment, with other providers than
        // the other, and from run to run every moment meets every provider.
        var first = new Random(seed).Next(1000);
        var providers = await Task.WhenAll(
            new ManyLives(output, first, Moment.All.Length).RunAsync(new Random(seed)),
            new ManyLives(output, first + Moment.All.Length, Moment.All.Length).RunAsync(new Random(seed + 1)));

        // A provider has its turn in two or three rounds of a life, and each kill of these may come before there is a job.
        Assert.True(providers.SelectMany(names => names).Distinct().Count() >= 3, "The jobs were at one or two providers only.");
    }
}
