using Microsoft.Extensions.Time.Testing;

namespace VideoGen.Silo.Tests.Doubles;

/// <summary>Time that passes when a test says so, and a clock on the wall that a test can set besides.</summary>
internal sealed class SettableTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private TimeSpan _offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _offset;

    /// <summary>Sets the clock forward, or back.</summary>
    public void SetClock(TimeSpan by) => _offset += by;
}
