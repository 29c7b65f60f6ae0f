namespace VideoGen.Grains.Timing;

/// <summary>
/// The wall-clock time at the start of an activation, continued by a monotonic clock: for waits that end at a stored time. It
/// starts no earlier than the stored time, so a clock that was set back while nothing was running prolongs no wait either.
/// </summary>
internal sealed class SteadyClock(TimeProvider time, DateTimeOffset notBefore)
{
    private readonly long _beganAt = time.GetTimestamp();
    private readonly DateTimeOffset _begin = time.GetUtcNow() is var now && now > notBefore ? now : notBefore;

    public DateTimeOffset Now => _begin + time.GetElapsedTime(_beganAt);
}
