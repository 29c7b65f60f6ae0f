using System.Runtime.InteropServices;

namespace VideoGen.ServiceDefaults;

/// <summary>Resource limits of this process, so that it refuses work instead of running out of resources.</summary>
public static class ProcessLimits
{
    /// <summary>
    /// Bytes of memory: of the machine, of the container, or of the heap where that is limited (<c>DOTNET_GCHeapHardLimit</c>).
    /// </summary>
    public static long Memory { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>
    /// Files and sockets that may be open at the same time; the runtime has raised the soft limit to the hard one by now.
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
