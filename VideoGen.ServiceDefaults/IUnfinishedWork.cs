namespace VideoGen.ServiceDefaults;

/// <summary>
/// What a process has to finish before it stops. It is waited for after the process was told to stop and before the host stops
/// its services, so that all of them still work meanwhile; the time does not count for their own limit.
/// </summary>
public interface IUnfinishedWork
{
    /// <summary>Begins nothing new, says on the console what it waits for, and ends within a limit of its own.</summary>
    Task FinishAsync();
}
