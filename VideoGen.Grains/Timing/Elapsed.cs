namespace VideoGen.Grains.Timing;

/// <summary>
/// The time since a stored moment, by the monotonic clock from the time that this process learned of it: a wall clock that is set
/// back or forward afterwards changes nothing.
/// </summary>
internal sealed class Elapsed(TimeProvider time, DateTimeOffset since)
{
    private readonly TimeSpan _before = Max(time.GetUtcNow() - since, TimeSpan.Zero);
    private readonly long _start = time.GetTimestamp();

    /// <summary>The moment that this counts from.</summary>
    public DateTimeOffset Since { get; } = since;

    public TimeSpan Time => _before + time.GetElapsedTime(_start);

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
