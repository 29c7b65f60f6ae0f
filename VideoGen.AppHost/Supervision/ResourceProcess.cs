using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace VideoGen.AppHost.Supervision;

/// <summary>The process of a resource, or of one of its replicas.</summary>
internal static class ResourceProcess
{
    private const int Terminate = 15;

    /// <summary>The process id; null when it is not running.</summary>
    public static int? ProcessId(this CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Running
        && snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } value
            ? Convert.ToInt32(value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Whether the process has exited.</summary>
    public static bool HasEnded(this CustomResourceSnapshot snapshot) =>
        KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text ?? "");

    /// <summary>Sends SIGKILL to the process and its children: a project runs as a child of <c>dotnet run</c>.</summary>
    public static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill(entireProcessTree: true);
    }

    /// <summary>Sends SIGTERM, which <c>dotnet run</c> passes on; a process that has already exited is ignored.</summary>
    public static void Stop(int id) => _ = Send(id, Terminate);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Send(int process, int signal);
}
