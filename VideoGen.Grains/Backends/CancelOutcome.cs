namespace VideoGen.Grains.Backends;

/// <summary>The provider's answer to a cancel.</summary>
public enum CancelOutcome
{
    /// <summary>The provider confirmed that the job has stopped.</summary>
    Confirmed,

    /// <summary>The provider cannot cancel, or the job was past canceling: it may continue and cost money.</summary>
    NotPossible,

    /// <summary>The provider did not answer; asking again makes sense.</summary>
    Unavailable,
}
