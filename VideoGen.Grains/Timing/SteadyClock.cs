namespace VideoGen.Grains.Timing;

/// <summary>
/// The time on the wall as it was when an activation began, and from then on by a clock that nobody can set: for waits that
/// end at a stored time. It begins no earlier than what is stored, so a clock that was put back while nothing ran makes no
/// wait longer either.
/// </summary>
internal sealed class SteadyClock(TimeProvider time, DateTimeOffset notBefore)
{
    private readonly long _beganAt = time.GetTimestamp();
    private readonly DateTimeOffset _begin = time.GetUtcNow() is var now && now > notBefore ? now : notBefore;

    public DateTimeOffset Now => _begin + time.GetElapsedTime(_beganAt);
}
