namespace VideoGen.Grains.Media;

/// <summary>Recognizes a full disk or an exceeded disk quota.</summary>
public static class DiskFull
{
    private const int NoSpace = 28;                                     // ENOSPC
    private const int QuotaOnLinux = 122;                               // EDQUOT
    private const int QuotaOnMac = 69;                                  // EDQUOT
    private const int DiskFullOnWindows = unchecked((int)0x80070070);   // ERROR_DISK_FULL
    private const int HandleDiskFull = unchecked((int)0x80070027);      // ERROR_HANDLE_DISK_FULL

    /// <summary>Checks inner exceptions too: HttpContent wraps whatever the stream that it copies to throws.</summary>
    public static bool Caused(Exception? exception) =>
        exception is not null && (exception is IOException && IsFull(exception.HResult) || Caused(exception.InnerException));

    private static bool IsFull(int code) => code is DiskFullOnWindows or HandleDiskFull or NoSpace
        || code == (OperatingSystem.IsMacOS() ? QuotaOnMac : QuotaOnLinux);
}
