namespace VideoGen.LoadTest.Measuring;

/// <summary>One line of a report: the rate that was reached, latencies in ms, and what one answer cost.</summary>
internal sealed record Figures(string Name)
{
    public double Rate { get; init; }
    public double P50 { get; init; }
    public double P99 { get; init; }
    public double P999 { get; init; }
    public long Answers { get; init; }
    public long Failures { get; init; }

    /// <summary>Microseconds of CPU for one answer, by process.</summary>
    public IReadOnlyDictionary<string, double> Cpu { get; init; } = new Dictionary<string, double>();

    /// <summary>Kilobytes allocated for one answer, by process.</summary>
    public IReadOnlyDictionary<string, double> Allocated { get; init; } = new Dictionary<string, double>();

    /// <summary>Resident megabytes at the end, by process.</summary>
    public IReadOnlyDictionary<string, double> Memory { get; init; } = new Dictionary<string, double>();

    public double RedisCommands { get; init; }
    public double RedisKilobytes { get; init; }
}
