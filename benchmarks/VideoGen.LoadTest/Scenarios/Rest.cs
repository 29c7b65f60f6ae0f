using System.Diagnostics;
using VideoGen.LoadTest.Measuring;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>A standalone server that nobody uses: how long it takes to start on data that is there, and what it holds.</summary>
internal static class Rest
{
    public static async Task RunAsync()
    {
        Report.Title("start and rest");
        await using var api = await ApiProcess.StartAsync();
        Console.WriteLine("| start | ready after s | RSS MB at once | RSS MB after 20 s |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        for (var start = 2; start <= 4; start++)
        {
            await api.StopAsync();
            var clock = Stopwatch.StartNew();
            await api.RestartAsync();
            var (ready, atOnce) = (clock.Elapsed, Megabytes(api.Id));
            await Task.Delay(TimeSpan.FromSeconds(20));
            Report.Say($"| {start} | {ready.TotalSeconds:0.0} | {atOnce} | {Megabytes(api.Id)} |");
        }
    }

    private static long Megabytes(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64 / 1_000_000;
    }
}
