using System.Diagnostics;

namespace VideoGen.LoadTest.Soaking;

/// <summary>What one process holds: resident megabytes and open handles, as Linux counts them.</summary>
internal readonly record struct Footprint(long Megabytes, long Handles)
{
    public static Footprint Of(int id)
    {
        using var process = Process.GetProcessById(id);
        return new(process.WorkingSet64 / 1_000_000, Directory.GetFiles($"/proc/{id}/fd").Length);
    }
}
