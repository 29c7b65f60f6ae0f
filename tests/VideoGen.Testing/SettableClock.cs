namespace VideoGen.Testing;

/// <summary>
/// The clock of the system, which a test can set while its timers and timestamps go on, as an administrator can.
/// </summary>
public sealed class SettableClock : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _offset));

    /// <summary>Sets the clock on the wall forward, or back.</summary>
    public void Set(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);
}
