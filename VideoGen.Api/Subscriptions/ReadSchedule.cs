namespace VideoGen.Api.Subscriptions;

/// <summary>
/// When a generation that somebody watches is to be read again: soon after a subscription began, and then less and less often.
/// </summary>
internal sealed class ReadSchedule(TimeProvider time, TimeSpan longest)
{
    /// <summary>What changed between the answer to a client and its subscription is found by this read.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.25);

    private long _since = time.GetTimestamp();
    private TimeSpan _delay = First;
    private TimeSpan _step = First;

    public bool IsDue => time.GetElapsedTime(_since) >= _delay;

    public void Now() => (_since, _delay, _step) = (time.GetTimestamp(), TimeSpan.Zero, First);

    /// <summary>Unless a read comes even sooner: subscriptions that keep beginning must not put it off.</summary>
    public void Soon()
    {
        if (_delay - time.GetElapsedTime(_since) > First)
        {
            After(First);
        }
    }

    /// <summary>It is being read; the next time comes later than this one did.</summary>
    public void Later() => After(_step * 3 < longest ? _step * 3 : longest);

    private void After(TimeSpan delay) => (_since, _delay, _step) = (time.GetTimestamp(), delay, delay);
}
