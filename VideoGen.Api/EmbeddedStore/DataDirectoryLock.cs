using System.Globalization;
using VideoGen.ServiceDefaults;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>
/// Restricts a data directory to one process. The operating system releases the lock however the process ends, so there is never
/// a stale lock to remove.
/// </summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private const string LockName = "videogen.lock";
    private const string HolderName = "videogen.pid";

    private readonly FileStream _lock;

    private DataDirectoryLock(FileStream file) => _lock = file;

    /// <summary>Locks the directory and creates it if needed.</summary>
    /// <exception cref="StartupException">Another process has it, or it cannot be written.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var file = Open(directory);
            File.WriteAllText(Path.Combine(directory, HolderName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataDirectoryLock(file);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new StartupException(
                $"Cannot write to {directory} ({error.Message}). Make it writable, or set VideoGen__DataDirectory to another "
                + "folder.",
                error);
        }
    }

    /// <summary>
    /// Releases the directory. The file stays: if it were deleted, two new processes could lock two different files.
    /// </summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream Open(string directory)
    {
        var path = Path.Combine(directory, LockName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsHeldByAnother(error))
        {
            throw new StartupException(
                $"{directory} is in use by another VideoGen{Holder(directory)}. "
                + "Stop it, or set VideoGen__DataDirectory to another folder.", error);
        }
    }

    // EWOULDBLOCK is 11 on Linux and 35 on macOS; ERROR_SHARING_VIOLATION is 32.
    private static bool IsHeldByAnother(IOException error) => (error.HResult & 0xFFFF) is 11 or 32 or 35;

    // Not in the locked file: a reader could not open it.
    private static string Holder(string directory)
    {
        var path = Path.Combine(directory, HolderName);
        return File.Exists(path) && int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var pid)
            ? $" (pid {pid})"
            : "";
    }
}
