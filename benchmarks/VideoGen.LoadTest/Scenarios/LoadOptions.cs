namespace VideoGen.LoadTest.Scenarios;

/// <summary>What a scenario can be told; everything has a default.</summary>
internal sealed record LoadOptions
{
    /// <summary>How long each measurement lasts.</summary>
    public TimeSpan Seconds { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long to warm up before it: compilers work in steps.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Requests a second at which latencies are measured; null means half of the highest rate.</summary>
    public double? Rate { get; init; }

    public int Connections { get; init; } = 64;

    /// <summary>Silos of the cluster; 0 is the standalone server.</summary>
    public int Silos { get; init; } = 1;

    /// <summary>How many of them the scenario is about.</summary>
    public int Generations { get; init; }

    /// <summary>Stored generations, one deployment after the other.</summary>
    public IReadOnlyList<int> Entries { get; init; } = [10, 1_000, 100_000, 1_000_000];

    /// <summary>The only kind of request to measure; null means all of the scenario.</summary>
    public string? Only { get; init; }

    /// <summary>Memory of the machine to take before each deployment, in GB.</summary>
    public int HeldGigabytes { get; init; }

    public int Kills { get; init; } = 3;

    /// <summary>Numbers of silos, one deployment after the other.</summary>
    public IReadOnlyList<int> Over { get; init; } = [1, 2, 3];

    /// <summary>Rounds, which last a minute unless <see cref="Round"/> says otherwise.</summary>
    public int Minutes { get; init; } = 1;

    /// <summary>What decides all that is left to chance.</summary>
    public int Seed { get; init; } = Environment.TickCount & int.MaxValue;

    public TimeSpan Round { get; init; } = TimeSpan.FromMinutes(1);
}
