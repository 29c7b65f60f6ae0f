namespace VideoGen.Api.EmbeddedStore;

/// <summary>Tracks the free space on the store's disk and the writes that wait for it.</summary>
internal sealed partial class StoreRoom(string folder, ILogger log, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private int _waiting;

    /// <summary>Whether writes are waiting for free space. Their callers run into timeouts.</summary>
    public bool IsFull => Volatile.Read(ref _waiting) > 0;

    private long Left => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>
    /// ENOSPC is 28 everywhere; EDQUOT is 122 on Linux, 69 on macOS; ERROR_DISK_FULL is 112, ERROR_HANDLE_DISK_FULL 39.
    /// </summary>
    public static bool IsMissing(uint errorCode) => OperatingSystem.IsWindows() ? errorCode is 112 or 39
        : OperatingSystem.IsMacOS() ? errorCode is 28 or 69
        : errorCode is 28 or 122;

    /// <summary>Adds a write that found no free space on its first attempt.</summary>
    public void Enter()
    {
        if (Interlocked.Increment(ref _waiting) == 1)
        {
            LogFull(log, Left);
        }
    }

    /// <summary>Removes a write that succeeded, or failed for another reason.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _waiting) == 0)
        {
            LogRoom(log);
        }
    }

    /// <summary>The delay before a write is repeated.</summary>
    public Task PauseAsync() => Task.Delay(Pause, time);

    [LoggerMessage(LogLevel.Error, "The disk is full ({Left} bytes left); the embedded store waits for free space")]
    private static partial void LogFull(ILogger log, long left);

    [LoggerMessage(LogLevel.Information, "The disk has free space again; the embedded store continues")]
    private static partial void LogRoom(ILogger log);
}
