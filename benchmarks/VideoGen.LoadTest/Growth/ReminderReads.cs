using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Growth;

/// <summary>
/// Redis does one thing at a time: how long everybody else waits while the whole table of reminders is read, shard by shard, as a
/// silo does that is alone.
/// </summary>
internal static class ReminderReads
{
    private const int Repeats = 5;
    private const int Writers = 256;

    public static async Task RunAsync()
    {
        Report.Title("3. the table of reminders, read whole");
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var app = LoneSilo.Build(redis);
        var reminders = app.Services.GetRequiredService<IReminderTable>();
        await reminders.StartAsync();
        await redis.AskAsync("config", "set", "slowlog-log-slower-than", "100");
        Report.Head(
            "rows", "longest command ms", "longest PING beside ms", "longest PING beside nothing ms", "read by the silo in s");
        var written = 0;
        foreach (var rows in (int[])[10_000, 100_000, 500_000])
        {
            await WriteAsync(reminders, written, rows);
            written = rows;
            await Task.Delay(TimeSpan.FromSeconds(2));    // its file is written by then
            var nothing = await MeasureAsync(redis, () => Task.Delay(1000));
            var table = await MeasureAsync(redis, () => ReadAsync(reminders, rows));
            Report.Row($"{rows:N0}", $"{table.Longest:0.0}", $"{table.Ping:0.0}", $"{nothing.Ping:0.0}", $"{table.Seconds:0.00}");
        }
    }

    private static async Task ReadAsync(IReminderTable reminders, int rows)
    {
        var read = (await reminders.ReadRows(0, 0)).Reminders.Count;
        if (read != rows)
        {
            throw new InvalidOperationException($"{read} rows of {rows} were read.");
        }
    }

    /// <summary>The one in the middle of several.</summary>
    private static async Task<(double Ping, double Longest, double Seconds)> MeasureAsync(RedisServer redis, Func<Task> read)
    {
        List<(double Ping, double Longest, double Seconds)> all = [];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            await redis.AskAsync("slowlog", "reset");
            using var ping = new PingBeside(redis);
            await Task.Delay(100);
            var began = Stopwatch.GetTimestamp();
            await read();
            all.Add((ping.End(), await LongestAsync(redis), Stopwatch.GetElapsedTime(began).TotalSeconds));
        }

        return all.OrderBy(one => one.Ping).ElementAt(Repeats / 2);
    }

    /// <summary>What Redis itself noted of its slowest HGETALL, in milliseconds.</summary>
    private static async Task<double> LongestAsync(RedisServer redis)
    {
        var log = await redis.AskAsync("eval", """
            local longest = 0
            for _, entry in ipairs(redis.call('SLOWLOG', 'GET', '512')) do
              if entry[4][1] == 'HGETALL' and entry[3] > longest then longest = entry[3] end
            end
            return longest
            """, "0");
        return double.Parse(log, CultureInfo.InvariantCulture) / 1000;
    }

    private static Task WriteAsync(IReminderTable reminders, int from, int to) => Parallel.ForEachAsync(
        Enumerable.Range(from, to - from), new ParallelOptions { MaxDegreeOfParallelism = Writers },
        async (number, cancel) => await reminders.UpsertRow(LoneSilo.Row(number), cancel));
}
