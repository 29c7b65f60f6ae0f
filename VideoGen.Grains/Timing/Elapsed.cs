namespace VideoGen.Grains.Timing;

/// <summary>
/// The time since a stored moment, measured by the monotonic clock from when this process learned of it: later changes of the
/// wall clock have no effect.
/// </summary>
internal sealed class Elapsed(TimeProvider time, DateTimeOffset since)
{
    private readonly TimeSpan _before = Max(time.GetUtcNow() - since, TimeSpan.Zero);
    private readonly long _start = time.GetTimestamp();

    /// <summary>The start of the measurement.</summary>
    public DateTimeOffset Since { get; } = since;

    public TimeSpan Time => _before + time.GetElapsedTime(_start);

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
