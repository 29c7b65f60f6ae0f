namespace VideoGen.Grains.Storage;

/// <summary>
/// A store that answers before what it was told is on its file. It is registered where that is so, and everything that keeps or
/// reads state then waits for it: nobody may be told of what a crash could take back.
/// </summary>
public interface IStoreCommit
{
    /// <summary>Completes when everything that the store has answered for until now is on its file.</summary>
    /// <exception cref="TimeoutException">The disk is full, or stalls. What was written may get there later.</exception>
    Task WrittenAsync();
}
