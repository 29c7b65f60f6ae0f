using System.Runtime.InteropServices;

namespace VideoGen.LoadTest.Running;

/// <summary>
/// Memory that is written to, and kept until the end. A virtual machine may get its memory from the host page by page, at the
/// first use and again after some disuse, and pay several times for such a page what one costs that it has. When those it has are
/// taken before each run, all runs pay the same, whatever the one before has left.
/// </summary>
internal sealed class HeldMemory : IDisposable
{
    private readonly nint _memory;

    public HeldMemory(int gigabytes)
    {
        var bytes = (nint)gigabytes << 30;
        _memory = Marshal.AllocHGlobal(bytes);
        for (nint at = 0; at < bytes; at += Environment.SystemPageSize)
        {
            Marshal.WriteByte(_memory + at, 1);
        }
    }

    public void Dispose() => Marshal.FreeHGlobal(_memory);
}
