using VideoGen.Testing;

namespace VideoGen.Cluster.Tests;

/// <summary>The soak of the load test, as its users run it, but short: docs/performance.md has the long one.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const string Minutes = "3";

    [Fact]
    public async Task Mixed_load_with_a_kill_each_minute_loses_nothing_and_leaves_nothing_behind()
    {
        using var soak = ProductProcess.Start("benchmarks/VideoGen.LoadTest", ["soak", "--minutes", Minutes], []);
        try
        {
            var exit = await soak.ExitAsync(TimeSpan.FromMinutes(8));
            output.WriteLine(soak.Log);
            Assert.True(exit == 0, soak.Log);
            Assert.Contains("completed", soak.Log, StringComparison.Ordinal);
        }
        finally
        {
            if (!soak.HasExited)
            {
                await soak.StopAsync(TimeSpan.FromSeconds(30));
            }
        }
    }
}
