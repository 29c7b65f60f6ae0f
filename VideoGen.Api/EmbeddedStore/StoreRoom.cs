namespace VideoGen.Api.EmbeddedStore;

/// <summary>Knows how much room the store's disk has and which writes wait for some.</summary>
internal sealed partial class StoreRoom(string folder, ILogger log, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private int _waiting;

    /// <summary>Whether writes wait for room right now; their callers run into their time limits.</summary>
    public bool IsFull => Volatile.Read(ref _waiting) > 0;

    private long Left => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>ENOSPC is 28 everywhere; EDQUOT is 122 on Linux, 69 on macOS; ERROR_DISK_FULL is 112, ERROR_HANDLE_DISK_FULL 39.</summary>
    public static bool IsMissing(uint errorCode) => OperatingSystem.IsWindows() ? errorCode is 112 or 39
        : OperatingSystem.IsMacOS() ? errorCode is 28 or 69
        : errorCode is 28 or 122;

    /// <summary>Counts a write that found no room, at its first try.</summary>
    public void Enter()
    {
        if (Interlocked.Increment(ref _waiting) == 1)
        {
            LogFull(log, Left);
        }
    }

    /// <summary>Takes off a write that got through, or failed for another reason.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _waiting) == 0)
        {
            LogRoom(log);
        }
    }

    /// <summary>The pause before a write is tried again.</summary>
    public Task PauseAsync() => Task.Delay(Pause, time);

    [LoggerMessage(LogLevel.Error, "The disk is full ({Left} bytes left): the embedded store waits for room")]
    private static partial void LogFull(ILogger log, long left);

    [LoggerMessage(LogLevel.Information, "There is room on the disk again: the embedded store goes on")]
    private static partial void LogRoom(ILogger log);
}
