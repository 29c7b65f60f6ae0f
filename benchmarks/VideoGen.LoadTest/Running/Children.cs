using System.Diagnostics;
using System.Globalization;

namespace VideoGen.LoadTest.Running;

/// <summary>Whoever stops the load test, by Ctrl-C or SIGTERM, must not have to look for what it started.</summary>
internal static class Children
{
    public static void EndWithThis() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();

    private static void Kill()
    {
        var self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (ParentOf(process.Id) == self)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
    }

    /// <summary>Raw: <c>4711 (redis-server) S 4700 ...</c> (proc_pid_stat(5)); null when it has ended meanwhile.</summary>
    private static string? ParentOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
