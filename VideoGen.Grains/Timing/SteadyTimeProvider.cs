namespace VideoGen.Grains.Timing;

/// <summary>
/// The system time, except that it never goes backwards during the life of the process: when the clock is set back, it continues
/// from where it was. Orleans needs that too: it creates no activations while its time is earlier than that of a previous search
/// for idle ones.
/// </summary>
public sealed class SteadyTimeProvider(TimeProvider system) : TimeProvider
{
    private readonly Lock _lock = new();
    private (DateTimeOffset Utc, long At) _anchor = (system.GetUtcNow(), system.GetTimestamp());

    /// <inheritdoc/>
    public override long TimestampFrequency => system.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    /// <inheritdoc/>
    public override long GetTimestamp() => system.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);

    /// <summary>Follows the clock forward at once.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            // In this order: a thread that is delayed between the two must not move the time ahead of the clock.
            var (clock, at) = (system.GetUtcNow(), system.GetTimestamp());
            var steady = _anchor.Utc + system.GetElapsedTime(_anchor.At, at);
            if (clock <= steady)
            {
                return steady;
            }

            _anchor = (clock, at);
            return clock;
        }
    }
}
