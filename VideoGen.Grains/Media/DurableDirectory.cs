using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VideoGen.Grains.Media;

/// <summary>
/// Makes new names in a directory survive a power failure. On Unix a rename is durable only after its directory is flushed
/// (fsync(2)), and .NET cannot open directories; NTFS journals names by itself.
/// </summary>
internal static class DurableDirectory
{
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var directory = new SafeFileHandle(Open(path, ReadOnly), ownsHandle: true);
        if (directory.IsInvalid)
        {
            throw new IOException($"Cannot open a media directory: {Marshal.GetLastPInvokeErrorMessage()}.",
                new Win32Exception(Marshal.GetLastPInvokeError()));
        }

        RandomAccess.FlushToDisk(directory);
    }

    private const int ReadOnly = 0;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
