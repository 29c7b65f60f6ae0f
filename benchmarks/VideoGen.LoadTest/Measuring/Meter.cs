using System.Diagnostics;
using VideoGen.LoadTest.Driving;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Measuring;

/// <summary>Measures what processes spend while a load runs.</summary>
internal sealed class Meter : IDisposable
{
    private readonly IReadOnlyDictionary<string, int> _processes;
    private readonly Dictionary<string, Allocations> _allocations;
    private readonly RedisServer? _redis;

    /// <summary>The processes by name; allocations are known of all but <c>redis</c>.</summary>
    public Meter(IReadOnlyDictionary<string, int> processes, RedisServer? redis)
    {
        (_processes, _redis) = (processes, redis);
        _allocations = processes.Where(process => process.Key != "redis")
            .ToDictionary(process => process.Key, process => new Allocations(process.Value));
    }

    public async Task<Figures> MeasureAsync(string name, Func<Task<LoadResult>> load)
    {
        var allocatedBefore = Each(_allocations, counter => counter.Bytes);
        var redisBefore = _redis is null ? null : await RedisFigures.ReadAsync(_redis);
        var cpuBefore = Each(_processes, Cpu);
        var result = await load();
        var cpu = Each(_processes, Cpu);
        var redis = redisBefore is null ? null : await RedisFigures.ReadAsync(_redis!) - redisBefore;
        await Task.Delay(TimeSpan.FromSeconds(1.1));    // the counters tell once a second
        var each = (double)Math.Max(result.Answers, 1);
        return new Figures(name)
        {
            Rate = result.Rate,
            P50 = result.Milliseconds(50),
            P99 = result.Milliseconds(99),
            P999 = result.Milliseconds(99.9),
            Answers = result.Answers,
            Failures = result.Failures.Values.Sum(),
            Cpu = Each(_processes, (key, _) => (cpu[key] - cpuBefore[key]) / each),
            Allocated = Each(_allocations, (key, counter) => (counter.Bytes - allocatedBefore[key]) / each / 1024),
            Memory = Each(_processes, Memory),
            RedisCommands = (redis?.Calls.Where(call => call.Key is not ("info" or "ping")).Sum(call => call.Value) ?? 0) / each,
            RedisKilobytes = (redis?.Bytes ?? 0) / each / 1024,
        };
    }

    public void Dispose()
    {
        foreach (var counter in _allocations.Values)
        {
            counter.Dispose();
        }
    }

    private static double Cpu(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.TotalProcessorTime.TotalMicroseconds;
    }

    private static double Memory(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.WorkingSet64 / 1_000_000.0;
    }

    private static Dictionary<string, double> Each<T>(IReadOnlyDictionary<string, T> items, Func<T, double> measure) =>
        Each(items, (_, item) => measure(item));

    private static Dictionary<string, double> Each<T>(IReadOnlyDictionary<string, T> items, Func<string, T, double> measure) =>
        items.ToDictionary(item => item.Key, item => measure(item.Key, item.Value));
}
