using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.LoadTest.Seeding;
using VideoGen.Silo.Hosting;
using VideoGen.Silo.Recovery;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Growth;

/// <summary>
/// The table of reminders is one sorted set, and Redis does one thing at a time: how long everybody else waits while all rows are
/// read. One row is written by Orleans, and the others are made after it, because it writes them one by one.
/// </summary>
internal static class ReminderReads
{
    private const int Parts = 16;
    private const int Repeats = 5;
    private const string Table = "videogen/reminders";

    public static async Task RunAsync()
    {
        Report.Title("3. the table of reminders, read as a whole, in ranges, and as several tables");
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var app = LoneSilo.Build(redis);
        var reminders = app.Services.GetRequiredService<IReminderTable>();
        await reminders.StartAsync();
        var database = app.Services.GetRequiredKeyedService<IConnectionMultiplexer>(SiloComposition.RedisKey).GetDatabase();
        await reminders.UpsertRow(LoneSilo.Row(0));
        var pattern = new RowPattern((await database.SortedSetRangeByRankAsync(Table)).Single().ToString());
        Report.Head("rows", " read", "commands", "MB", "longest command ms", "longest PING beside ms", "all s", "by Orleans s");
        var written = 1;
        foreach (var rows in (int[])[10_000, 100_000, 500_000])
        {
            await WriteAsync(database, pattern, written, rows);
            written = rows;
            await Task.Delay(TimeSpan.FromSeconds(2));    // its file is written by then
            await MeasureAsync("nothing", redis, rows, []);
            await MeasureAsync(
                "at once", redis, rows, [["ZRANGEBYLEX", Table, "-", "+"]],
                async () => (await reminders.ReadRows(0, 0)).Reminders);
            await MeasureAsync(
                $"in {Parts} ranges", redis, rows, [.. Enumerable.Range(0, Parts).Select(Range)],
                async () => (await new RemindersInParts(reminders).ReadRows(0, 0)).Reminders);
            await MeasureAsync($"of {Parts} sets", redis, rows, [.. Enumerable.Range(0, Parts).Select(Set)]);
        }
    }

    private static async Task MeasureAsync(
        string how, RedisServer redis, int rows, string[][] commands, Func<Task<IEnumerable<ReminderEntry>>>? byOrleans = null)
    {
        await redis.AskAsync("config", "set", "slowlog-log-slower-than", "100");
        List<(double Ping, double Longest, double Seconds, long Bytes)> all = [];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            await redis.AskAsync("slowlog", "reset");
            using var connection = new PlainRedis(redis);
            using var ping = new PingBeside(redis);
            await Task.Delay(100);
            var (began, bytes) = (Stopwatch.GetTimestamp(), 0L);
            foreach (var command in commands)
            {
                bytes += connection.Ask(command);
            }

            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await Task.Delay(commands.Length == 0 ? 1000 : 20);
            all.Add((ping.End(), await LongestAsync(redis), seconds, bytes));
        }

        var middle = all.OrderBy(one => one.Ping).ElementAt(Repeats / 2);
        var orleans = "";
        if (byOrleans is not null)
        {
            var began = Stopwatch.GetTimestamp();
            var read = (await byOrleans()).Count();
            orleans = read == rows
                ? Stopwatch.GetElapsedTime(began).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)
                : throw new InvalidOperationException($"{read} rows of {rows} were read.");
        }

        Report.Row(
            $"{rows:N0}", $"{how}", $"{commands.Length}", $"{middle.Bytes / 1e6:0.0}",
            $"{middle.Longest:0.0}", $"{middle.Ping:0.0}", $"{middle.Seconds:0.00}", $"{orleans}");
    }

    /// <summary>What Redis itself noted of its slowest ZRANGEBYLEX, in milliseconds.</summary>
    private static async Task<double> LongestAsync(RedisServer redis)
    {
        var log = await redis.AskAsync("eval", """
            local longest = 0
            for _, entry in ipairs(redis.call('SLOWLOG', 'GET', '128')) do
              if entry[4][1] == 'ZRANGEBYLEX' and entry[3] > longest then longest = entry[3] end
            end
            return longest
            """, "0");
        return double.Parse(log, CultureInfo.InvariantCulture) / 1000;
    }

    private static string[] Set(int part) => ["ZRANGEBYLEX", $"{Table}/{part}", "-", "+"];

    private static string[] Range(int part) =>
    [
        "ZRANGEBYLEX", Table, $"[\"{part:X}0000000\"", part == Parts - 1 ? "+" : $"(\"{part + 1:X}0000000\"",
    ];

    private static async Task WriteAsync(IDatabase database, RowPattern pattern, int from, int to)
    {
        foreach (var numbers in Enumerable.Range(from, to - from).Chunk(2_000))
        {
            var rows = numbers.Select(number => (Id: LoneSilo.Row(number).GrainId, Number: number))
                .Select(row => (Hash: row.Id.GetUniformHashCode(), Value: pattern.For(row.Id, SeededHistory.IdAt(row.Number))))
                .ToList();
            await database.SortedSetAddAsync(Table, Entries(rows));
            foreach (var part in rows.GroupBy(row => row.Hash >> 28))
            {
                await database.SortedSetAddAsync($"{Table}/{part.Key}", Entries(part));
            }
        }

        static SortedSetEntry[] Entries(IEnumerable<(uint Hash, string Value)> rows) =>
            [.. rows.Select(row => new SortedSetEntry(row.Value, 0))];
    }
}
