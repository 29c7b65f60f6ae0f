using Microsoft.Win32.SafeHandles;
using VideoGen.Grains.Ports;

namespace VideoGen.Grains.Media;

/// <summary>
/// The scratch files of this process. Each process holds a lock beside its directory; a directory whose lock is free belongs to
/// nobody any more and is removed by the next process that starts, however the owner ended.
/// </summary>
internal sealed class ScratchDirectory : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _claim;

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

    public ScratchFile Create(string extension) =>
        new(Path.Combine(_path, Path.ChangeExtension(Guid.NewGuid().ToString("N"), extension)));

    public void Dispose() => _claim.Dispose();

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
            // Its owner lives, or another process that starts at the same time is sweeping it.
        }
    }

    private static string LockOf(string directory) => directory + ".lock";
}
