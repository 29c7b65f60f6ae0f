using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace VideoGen.AppHost.Supervision;

/// <summary>The process of a resource, or of one of its replicas.</summary>
internal static class ResourceProcess
{
    private const int Terminate = 15;

    /// <summary>Null when it does not run.</summary>
    public static int? ProcessId(this CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Running
        && snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } value
            ? Convert.ToInt32(value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Whether it has ended.</summary>
    public static bool HasEnded(this CustomResourceSnapshot snapshot) =>
        KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text ?? "");

    /// <summary>SIGKILL for it and its children: a project runs as a child of <c>dotnet run</c>.</summary>
    public static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill(entireProcessTree: true);
    }

    /// <summary>SIGTERM, which <c>dotnet run</c> passes on; one that is gone already is fine.</summary>
    public static void Stop(int id) => _ = Send(id, Terminate);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Send(int process, int signal);
}
