using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Grains.Contracts;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.LoadTest.Seeding;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// What cannot be spread over silos, each alone in a silo in this process, on a Redis of its own: the reminder table, one owner's
/// history, one backend's budget.
/// </summary>
internal static class Ceilings
{
    private const int Callers = 64;

    public static async Task RunAsync(LoadOptions options)
    {
        Report.Title("ceilings of what is one");
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var app = LoneSilo.Build(redis);
        await app.StartAsync();
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        var reminders = app.Services.GetRequiredService<IReminderTable>();
        Console.WriteLine("| what | size before | per second |");
        Console.WriteLine("| --- | ---: | ---: |");

        var rows = 0L;
        for (var round = 0; round < 3; round++)
        {
            rows += await RateAsync($"reminder rows written", rows, options.Seconds, number =>
                reminders.UpsertRow(LoneSilo.Row(number)));
        }

        var clock = Stopwatch.StartNew();
        var read = (await reminders.ReadRows(0, 0)).Reminders.Count;
        Report.Say($"| reminder rows read in one sweep | {read:N0} | {read / clock.Elapsed.TotalSeconds:N0} |");

        var history = grains.GetGrain<IHistoryGrain>("ceiling");
        await RateAsync("appends to one history", 0, options.Seconds, number => history.AppendAsync(SeededHistory.IdAt(number)));

        var budget = grains.GetGrain<IBudgetGrain>("ceiling");
        var waiting = 0L;
        for (var round = 0; round < 3; round++)
        {
            waiting += await RateAsync("admissions to one budget", waiting, options.Seconds,
                number => budget.AdmitAsync(SeededHistory.IdAt(number), DateTimeOffset.UnixEpoch.AddSeconds(number)));
        }

        await RateAsync("questions for a place in its queue", waiting, options.Seconds, number => budget.RequestAsync(
            SeededHistory.IdAt(1 + (number % waiting)), DateTimeOffset.UnixEpoch, isRunning: false));
    }

    private static async Task<long> RateAsync(string what, long before, TimeSpan time, Func<long, Task> call)
    {
        var (next, clock) = (before, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync)));
        Report.Say($"| {what} | {before:N0} | {(next - before) / clock.Elapsed.TotalSeconds:N0} |");
        return next - before;

        async Task CallAsync()
        {
            while (clock.Elapsed < time)
            {
                await call(Interlocked.Increment(ref next));
            }
        }
    }
}
