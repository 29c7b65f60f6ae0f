using System.Diagnostics;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Media;

/// <summary>A real disk of one megabyte; the test is skipped where none can be mounted.</summary>
internal sealed class TinyDisk : IDisposable
{
    private readonly TemporaryDirectory _mountPoint = new();

    public TinyDisk()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess
            || !Run("mount", "-t", "tmpfs", "-o", "size=1m", "videogen-test", Path))
        {
            _mountPoint.Dispose();
            Assert.Skip("Mounting a tiny disk takes Linux and root.");
        }
    }

    public string Path => _mountPoint.Path;

    public void Dispose()
    {
        Assert.True(Run("umount", Path));
        _mountPoint.Dispose();
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
