using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace VideoGen.AppHost.Redis;

/// <summary>The container engine of this machine, if there is one.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private static readonly string[] Engines = ["docker", "podman"];

    /// <summary>Whether an engine is installed and its service is running.</summary>
    public static bool Answers() => Engines.Any(Answers);

    /// <summary>The volume for a data directory; clusters that may run side by side must not share one.</summary>
    public static string VolumeOf(string dataDirectory) =>
        "videogen-redis-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)))[..12];

    private static bool Answers(string engine)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(engine, ["ps", "--quiet"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            if (process.WaitForExit(AnswerTimeout))
            {
                return process.ExitCode == 0;
            }

            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;    // not installed
        }
    }
}
