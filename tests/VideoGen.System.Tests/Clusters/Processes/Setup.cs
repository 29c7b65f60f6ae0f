namespace VideoGen.SystemTests.Clusters.Processes;

/// <summary>How a test wants its cluster.</summary>
internal sealed record Setup
{
    public string AppendFsync { get; init; } = "always";

    /// <summary>How many jobs may be at the providers at once.</summary>
    public int MaxConcurrent { get; init; } = 16;

    /// <summary>With hundreds of jobs two cores have better things to do than to poll each four times a second.</summary>
    public TimeSpan MaxPollInterval { get; init; } = TimeSpan.FromMilliseconds(250);
}
