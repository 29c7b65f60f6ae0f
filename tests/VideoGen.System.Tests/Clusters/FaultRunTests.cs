using VideoGen.SystemTests.Clusters.Processes;

namespace VideoGen.SystemTests.Clusters;

/// <summary>The fault run of the load test, as its users run it, but short: docs/performance.md has the long one.</summary>
[Collection(nameof(OneCluster))]
public sealed class FaultRunTests(ITestOutputHelper output)
{
    /// <summary>A minute or two on a machine that does nothing else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    [Fact]
    public async Task Every_fault_that_passes_with_a_stop_and_a_kill_loses_nothing_and_pays_for_nothing_twice()
    {
        var log = await LoadTestRun.SucceedAsync(output, Patience, "faults", "--orders", "60", "--seed", "12", "--minutes",
            "15");

        Assert.Contains("1 × silo stopped, 1 × silo killed", log, StringComparison.Ordinal);
    }
}
