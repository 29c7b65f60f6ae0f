namespace VideoGen.FakeComfy.Faults;

/// <summary>
/// One scripted fault. <paramref name="Text"/> is part of the graph that the request or the run is about, or of the path and
/// query; null fits everything.
/// </summary>
public sealed record FaultRule(FaultKind Fault, string? Text = null)
{
    /// <summary>A part of the request's path, for the faults that strike any request; null fits every path.</summary>
    public string? Path { get; init; }

    /// <summary>How many times it strikes; null for always.</summary>
    public int? Times { get; init; }

    /// <summary>The time, where the fault has one.</summary>
    public double? Seconds { get; init; }

    /// <summary>How often it strikes what fits, from 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Decides which of the requests that fit are struck, where the probability is not 1.</summary>
    public int Seed { get; init; }

    /// <summary>The time that the fault has, or a default in seconds.</summary>
    internal TimeSpan Time(double seconds = 0) => TimeSpan.FromSeconds(Seconds ?? seconds);

    /// <summary>Whether it strikes the request or run that fits as number <paramref name="count"/>.</summary>
    internal bool Strikes(long count)
    {
        // SplitMix64: the same seed and number give the same answer in every process.
        var mixed = ((ulong)(uint)Seed << 32) + ((ulong)count * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53)) < Probability;
    }
}
