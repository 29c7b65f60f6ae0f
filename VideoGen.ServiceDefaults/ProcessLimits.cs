using System.Runtime.InteropServices;

namespace VideoGen.ServiceDefaults;

/// <summary>What this process may use of its machine, so that it refuses work instead of dying of it.</summary>
public static class ProcessLimits
{
    /// <summary>
    /// Bytes: of the machine, of the container, or of the heap where that is limited (<c>DOTNET_GCHeapHardLimit</c>).
    /// </summary>
    public static long Memory { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>
    /// Files and sockets that may be open at once; the runtime has raised the soft limit to the hard one by now.
    /// </summary>
    public static long OpenFiles { get; } = FindOpenFiles();

    private static long FindOpenFiles()
    {
        // RLIMIT_NOFILE of getrlimit(2)
        var resource = OperatingSystem.IsMacOS() ? 8 : 7;
        return OperatingSystem.IsWindows() || GetLimit(resource, out var limit) != 0 ? long.MaxValue
            : (long)Math.Min(limit.Current, long.MaxValue);
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetLimit(int resource, out Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        public readonly ulong Current;
        public readonly ulong Most;
    }
}
