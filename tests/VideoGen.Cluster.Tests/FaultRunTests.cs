using VideoGen.Testing;

namespace VideoGen.Cluster.Tests;

/// <summary>The fault run of the load test, as its users run it, but short: docs/performance.md has the long one.</summary>
public sealed class FaultRunTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_fault_that_passes_with_a_stop_and_a_kill_loses_nothing_and_pays_for_nothing_twice()
    {
        using var run = ProductProcess.Start(
            "benchmarks/VideoGen.LoadTest", ["faults", "--orders", "120", "--seed", "12", "--minutes", "10"], []);
        try
        {
            var exit = await run.ExitAsync(TimeSpan.FromMinutes(12));
            output.WriteLine(run.Log);
            Assert.True(exit == 0, run.Log);
            Assert.Contains("1 × silo stopped, 1 × silo killed", run.Log, StringComparison.Ordinal);
        }
        finally
        {
            if (!run.HasExited)
            {
                await run.StopAsync(TimeSpan.FromSeconds(30));
            }
        }
    }
}
