using VideoGen.SystemTests.Clusters.Processes;

namespace VideoGen.SystemTests.Clusters;

/// <summary>The soak of the load test, as its users run it, but short: docs/performance.md has the long one.</summary>
[Collection(nameof(OneCluster))]
public sealed class SoakTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Mixed_load_with_a_kill_each_round_loses_nothing_and_leaves_nothing_behind()
    {
        var (rounds, seconds) = TestSettings.LongRounds is { } many ? (many, 60) : (1, 24);

        var log = await LoadTestRun.SucceedAsync(output, TimeSpan.FromMinutes(rounds + 5),
            "soak", "--minutes", $"{rounds}", "--round", $"{seconds}");

        Assert.Contains("completed", log, StringComparison.Ordinal);
    }
}
