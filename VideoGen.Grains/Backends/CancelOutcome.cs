namespace VideoGen.Grains.Backends;

/// <summary>What a provider said to a cancel.</summary>
public enum CancelOutcome
{
    /// <summary>It confirmed that the job will not run on.</summary>
    Confirmed,

    /// <summary>It has no way to cancel, or the job was past canceling: it may still run, and cost.</summary>
    NotPossible,

    /// <summary>It did not answer; asking again makes sense.</summary>
    Unavailable,
}
