using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters.Processes;

/// <summary>A scenario of the load test as its users run it, in a process of its own.</summary>
internal static class LoadTestRun
{
    /// <summary>Runs it to its end, which has to be a good one; returns what it wrote.</summary>
    public static async Task<string> SucceedAsync(ITestOutputHelper output, TimeSpan patience, params string[] arguments)
    {
        using var run = ProductProcess.Start("benchmarks/VideoGen.LoadTest", arguments, []);
        try
        {
            var exit = await run.ExitAsync(patience);
            output.WriteLine(run.Log);
            Assert.True(exit == 0, run.Log);
            return run.Log;
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
