using Microsoft.Win32.SafeHandles;

namespace VideoGen.Grains.Media;

/// <summary>
/// The scratch files of this process. Each process holds a lock beside its directory; a directory whose lock is free belongs to
/// nobody any more and is removed by the next process that starts, however the owner ended.
/// </summary>
public sealed class ScratchDirectory : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _claim;

    /// <summary>Clears what ended processes have left below <paramref name="root"/>, and claims a directory there.</summary>
    public ScratchDirectory(string root)
    {
        Directory.CreateDirectory(root);
        foreach (var directory in Directory.GetDirectories(root))
        {
            Sweep(directory);
        }

        // The lock comes first: a directory that others can see is already claimed.
        _path = Path.Combine(root, Guid.NewGuid().ToString("N"));
        _claim = File.OpenHandle(LockOf(_path), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        Directory.CreateDirectory(_path);
    }

    /// <summary>A new, empty, private place for a file.</summary>
    public ScratchFile Create(string extension) =>
        new(Path.Combine(_path, Path.ChangeExtension(Guid.NewGuid().ToString("N"), extension)));

    /// <summary>Takes the scratch files of this process away.</summary>
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
            // Its owner lives, another process is sweeping it, or a tool still writes there: a later start finds it again.
        }
    }

    private static string LockOf(string directory) => directory + ".lock";
}
