namespace VideoGen.Grains.Storage;

/// <summary>
/// A store that acknowledges writes before they are in its file. If it is registered, everything that writes or reads state waits
/// for it, so that nothing is reported that a crash could undo.
/// </summary>
public interface IStoreCommit
{
    /// <summary>Completes when everything that the store has acknowledged so far is in its file.</summary>
    /// <exception cref="TimeoutException">The disk is full or stalls. The writes may still reach the file later.</exception>
    Task WrittenAsync();
}
