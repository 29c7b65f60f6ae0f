using System.Diagnostics;
using System.Globalization;

namespace VideoGen.Testing;

/// <summary>A disk of a few megabytes that a test can fill and free.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TemporaryDirectory _mountPoint = new();

    private SmallDisk() { }

    public string Path => _mountPoint.Path;

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Why a test that needs one is skipped.</summary>
    public const string NotAllowed = "Mounting a small disk needs root on Linux, and a container that allows it.";

    /// <summary>Mounts one; null where that is not allowed.</summary>
    public static async Task<SmallDisk?> MountAsync(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var disk = new SmallDisk();
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        using var mount = Process.Start("mount", ["-t", "tmpfs", "-o", size, "tmpfs", disk.Path]);
        await mount.WaitForExitAsync();
        if (mount.ExitCode == 0)
        {
            return disk;
        }

        disk.Dispose();
        return null;
    }

    /// <summary>Takes the room that is left, to the last byte; again when somebody gave up what he had.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1 << 20, 4096, 1 })
        {
            Fill(file, new byte[size]);
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        using var unmount = Process.Start("umount", ["-l", Path]);
        unmount.WaitForExit();
        _mountPoint.Dispose();
    }

    private static void Fill(FileStream file, byte[] block)
    {
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full: what this is for.
        }
    }
}
