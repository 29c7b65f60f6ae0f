using VideoGen.SystemTests.Clusters.Processes;

namespace VideoGen.SystemTests.Clusters;

/// <summary>The soak of the load test, as its users run it, but short: docs/performance.md has the long one.</summary>
[Collection(nameof(Alone))]
public sealed class SoakTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Mixed_load_with_a_kill_each_minute_loses_nothing_and_leaves_nothing_behind()
    {
        var minutes = TestSettings.LongRounds ?? 1;

        var log = await LoadTestRun.SucceedAsync(output, TimeSpan.FromMinutes(minutes + 5), "soak", "--minutes", $"{minutes}");

        Assert.Contains("completed", log, StringComparison.Ordinal);
    }
}
