using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Grains.History;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.LoadTest.Seeding;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Growth;

/// <summary>
/// One owner's history in several heads, each a real history with a key of its own: what they gain in appends, and what a page
/// costs that takes the ten newest of all of them. All in one silo, so that they share its cores and one Redis.
/// </summary>
internal static class HistoryHeads
{
    private const int PageSize = 10;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2.5);

    public static async Task RunAsync()
    {
        Report.Title("4. a history in several heads");
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var app = LoneSilo.Build(redis);
        await app.StartAsync();
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        var next = 0L;
        await RateAsync(WarmUp * 3, 64, Heads(grains, "warm", 4), AppendAsync);
        Report.Head("heads", "callers", "appends/s", "writes of each", "CPU µs of each", "pages of ten/s", "CPU µs of each");
        foreach (var count in (int[])[1, 4, 16])
        {
            foreach (var callers in (int[])[64, 512])
            {
                var heads = Heads(grains, $"growth-{callers}", count);
                await RateAsync(WarmUp, callers, heads, AppendAsync);
                var before = (await RedisFigures.ReadAsync(redis)).Calls.GetValueOrDefault("evalsha");
                var appends = await MeasureAsync(redis, callers, heads, AppendAsync);
                var writes = (await RedisFigures.ReadAsync(redis)).Calls.GetValueOrDefault("evalsha") - before;
                var pages = await MeasureAsync(redis, callers, heads, PageAsync);
                Report.Row(
                    $"{count}", $"{callers}",
                    $"{appends.Rate:N0}", $"{writes / (double)appends.Calls:0.00}", $"{appends.Micros:0}",
                    $"{pages.Rate:N0}", $"{pages.Micros:0}");
            }
        }

        Task AppendAsync(IHistoryGrain[] heads)
        {
            var number = Interlocked.Increment(ref next);
            return heads[number % heads.Length].AppendAsync(SeededHistory.IdAt(number));
        }
    }

    private static IHistoryGrain[] Heads(IGrainFactory grains, string owner, int count) =>
        [.. Enumerable.Range(0, count).Select(head => grains.GetGrain<IHistoryGrain>($"{owner}/{count}/{head}"))];

    private static async Task PageAsync(IHistoryGrain[] heads)
    {
        var pages = await Task.WhenAll(heads.Select(head => head.GetPageAsync(null, PageSize)));
        var newest = pages.SelectMany(page => page.Entries).OrderByDescending(entry => entry.AcceptedAt).Take(PageSize).ToList();
        if (newest.Count != PageSize)
        {
            throw new InvalidOperationException($"A page has {newest.Count} entries.");
        }
    }

    private static async Task<(double Rate, long Calls, double Micros)> MeasureAsync(
        RedisServer redis, int callers, IHistoryGrain[] heads, Func<IHistoryGrain[], Task> call)
    {
        var (own, other) = (Environment.CpuUsage.TotalTime, await RedisCpu.ReadAsync(redis));
        var (calls, rate) = await RateAsync(Time, callers, heads, call);
        var spent = Environment.CpuUsage.TotalTime - own + (await RedisCpu.ReadAsync(redis) - other);
        return (rate, calls, spent.TotalMicroseconds / calls);
    }

    private static async Task<(long Calls, double Rate)> RateAsync(
        TimeSpan time, int callers, IHistoryGrain[] heads, Func<IHistoryGrain[], Task> call)
    {
        var (calls, clock) = (0L, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < time)
            {
                await call(heads);
                Interlocked.Increment(ref calls);
            }
        })));
        return (calls, calls / clock.Elapsed.TotalSeconds);
    }
}
