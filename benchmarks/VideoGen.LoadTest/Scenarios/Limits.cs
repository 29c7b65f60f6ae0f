using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Yardsticks;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// What the frameworks and the store can do on this machine at this hour: each figure of ours is to be read against these.
/// </summary>
internal static class Limits
{
    private const int Sets = 200_000;

    public static async Task RunAsync(LoadOptions options, Report report)
    {
        Report.Title("limits");
        List<Figures> rows = [];
        await using (var yardsticks = await YardstickProcesses.StartAsync())
        {
            using var meter = new Meter(yardsticks.Ids, redis: null);
            foreach (var (name, path) in new[] { ("bare ASP.NET endpoint", "/bare"), ("bare grain call over HTTP", "/grain/0") })
            {
                var request = RawRequest.Get(path);
                var load = new Load([yardsticks.Address], options.Connections) { Request = _ => request };
                rows.AddRange(await Saturation.MeasureAsync(name, meter, load, options));
            }
        }

        report.Yardsticks = rows[^2..];
        report.Table(rows);
        await MeasureRedisAsync();
    }

    private static async Task MeasureRedisAsync()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        var answer = await Cli.Wrap("redis-benchmark")
            .WithArguments(["-p", $"{redis.Port}", "-t", "set", "-n", $"{Sets}", "-d", "700", "-r", $"{Sets}", "--csv"])
            .ExecuteBufferedAsync();

        // "SET","64102.56","0.423","0.080","0.391","0.783","1.055","3.191": rate, and milliseconds avg, min, p50, p95, p99, max
        var set = answer.StandardOutput.Split('\n')[1].Split(',').Select(field => field.Trim('"')).ToArray();
        var rate = double.Parse(set[1], CultureInfo.InvariantCulture);
        Report.Say($"\nRedis SET of 700 bytes, 50 connections: {rate:N0}/s, p50 {set[4]} ms, p99 {set[6]} ms");
    }
}
