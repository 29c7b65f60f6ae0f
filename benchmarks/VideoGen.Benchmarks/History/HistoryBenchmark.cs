using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace VideoGen.Benchmarks.History;

/// <summary>Measures both designs on both stores and prints a table in Markdown.</summary>
internal static class HistoryBenchmark
{
    private const int Callers = 64;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(int[] sizes)
    {
        Console.WriteLine(
            "| store | design | entries | appends/s | pages of ten/s | memory MB | files MB | start after kill s |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var store in new[] { "redis", "garnet" })
        {
            foreach (var size in sizes)
            {
                await MeasureAsync(store, "sorted set", size, database => new SortedSetHistory(database));
                await MeasureAsync(store, "chunks", size, database => new ChunkedHistory(database));
            }
        }
    }

    private static async Task MeasureAsync(string name, string design, int entries, Func<IDatabase, IHistory> create)
    {
        await using var store = new StoreProcess(name, Directory.CreateTempSubdirectory("videogen-bench-").FullName);
        await store.StartAsync();
        var history = create(store.Connection!.GetDatabase());
        await history.FillAsync(entries);
        var (memory, files) = (store.Memory, store.Files);
        var appends = await RateAsync(_ => history.AppendAsync());
        var pages = await RateAsync(random => history.ReadTenAsync(random.NextInt64(11, entries)));

        await store.KillAsync();
        var recovery = await store.StartAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {design} | {entries:N0} | {appends:N0} | {pages:N0} | {memory >> 20} | {files >> 20} | {recovery:0.0} |"));
    }

    private static async Task<double> RateAsync(Func<Random, Task> call)
    {
        var begin = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(1, Callers).Select(seed => Task.Run(() => CallAsync(new Random(seed)))));
        return counts.Sum() / Stopwatch.GetElapsedTime(begin).TotalSeconds;

        async Task<long> CallAsync(Random random)
        {
            var count = 0L;
            for (; Stopwatch.GetElapsedTime(begin) < Duration; count++)
            {
                await call(random);
            }

            return count;
        }
    }
}
