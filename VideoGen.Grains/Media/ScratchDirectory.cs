using Microsoft.Win32.SafeHandles;

namespace VideoGen.Grains.Media;

/// <summary>
/// The scratch files of this process. Each process holds a lock next to its directory. A directory whose lock is free has no
/// owner any more, and the next process that starts removes it, however its owner ended.
/// </summary>
public sealed class ScratchDirectory : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _claim;

    /// <summary>
    /// Removes what ended processes have left below <paramref name="root"/>, and creates a locked directory there.
    /// </summary>
    public ScratchDirectory(string root)
    {
        Directory.CreateDirectory(root);
        foreach (var directory in Directory.GetDirectories(root))
        {
            Sweep(directory);
        }

        // The lock is taken first: a directory that others can see is already locked.
        _path = Path.Combine(root, Guid.NewGuid().ToString("N"));
        _claim = File.OpenHandle(LockOf(_path), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        Directory.CreateDirectory(_path);
    }

    /// <summary>A new private path for a file.</summary>
    public ScratchFile Create(string extension) =>
        new(Path.Combine(_path, Path.ChangeExtension(Guid.NewGuid().ToString("N"), extension)));

    /// <summary>Removes the scratch files of this process.</summary>
    public void Dispose()
    {
        if (_claim.IsClosed)
        {
            return;
        }

        _claim.Dispose();
        Sweep(_path);
    }

    private static void Sweep(string directory)
    {
        try
        {
            using (File.OpenHandle(LockOf(directory), FileMode.Open, FileAccess.Write, FileShare.None))
            {
                Directory.Delete(directory, recursive: true);
            }

            File.Delete(LockOf(directory));
        }
        catch (IOException)
        {
            // Its owner is running, another process is removing it, or a tool is still writing there: a later start finds it
            // again.
        }
    }

    private static string LockOf(string directory) => directory + ".lock";
}
