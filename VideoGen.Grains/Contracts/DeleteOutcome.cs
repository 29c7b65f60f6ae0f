namespace VideoGen.Grains.Contracts;

/// <summary>What deleting a generation can end in.</summary>
[GenerateSerializer, Alias("videogen.delete-outcome")]
public enum DeleteOutcome
{
    /// <summary>It is gone for everybody; what could not be cleared away at once follows by itself.</summary>
    Deleted = 0,

    /// <summary>There is no generation with this id, or not any more.</summary>
    Unknown = 1,

    /// <summary>It is not finished: it must be canceled first.</summary>
    StillRunning = 2,
}
