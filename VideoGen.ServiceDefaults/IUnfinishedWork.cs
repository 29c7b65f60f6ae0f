namespace VideoGen.ServiceDefaults;

/// <summary>
/// Work that a process has to finish before it stops. It runs after the process was told to stop and before the host stops its
/// services, so that all services still work. Its time does not count towards the host's shutdown timeout.
/// </summary>
public interface IUnfinishedWork
{
    /// <summary>Starts nothing new, prints what it waits for, and completes within a limit of its own.</summary>
    Task FinishAsync();
}
