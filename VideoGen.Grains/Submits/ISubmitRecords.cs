using VideoGen.Grains.Backends;

namespace VideoGen.Grains.Submits;

/// <summary>
/// Stores the outcome of each paid submit in a record of its own, by generation and attempt, and knows which processes may still
/// be sending one. Records outlive every process; they are kept for a week and deleted with their generation.
/// </summary>
public interface ISubmitRecords
{
    /// <summary>The name of this process, which changes with every start. It is stored with the intent to submit.</summary>
    string Here { get; }

    /// <summary>Whether a process is still part of the cluster, so that it may still record an outcome.</summary>
    bool MayBeAlive(string process);

    /// <summary>Stores an outcome, replacing an earlier one; it is stored when the call returns.</summary>
    Task WriteAsync(string generationId, int attempt, SubmitOutcome outcome);

    /// <summary>The outcome, or null when there is none.</summary>
    Task<SubmitOutcome?> ReadAsync(string generationId, int attempt);

    /// <summary>Deletes the records of the attempts 1 to <paramref name="attempts"/>.</summary>
    Task DeleteAsync(string generationId, int attempts);
}
