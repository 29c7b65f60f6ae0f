namespace VideoGen.Api.Subscriptions;

/// <summary>
/// When to read a generation with subscriptions again: soon after a subscription starts, then less and less often.
/// </summary>
internal sealed class ReadSchedule(TimeProvider time, TimeSpan longest)
{
    /// <summary>This read finds changes between the response to a client and its subscription.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.25);

    private long _since = time.GetTimestamp();
    private TimeSpan _delay = First;
    private TimeSpan _step = First;

    public bool IsDue => time.GetElapsedTime(_since) >= _delay;

    public void Now() => (_since, _delay, _step) = (time.GetTimestamp(), TimeSpan.Zero, First);

    /// <summary>Keeps an earlier read: a series of new subscriptions must not postpone it.</summary>
    public void Soon()
    {
        if (_delay - time.GetElapsedTime(_since) > First)
        {
            After(First);
        }
    }

    /// <summary>Called when the read is done. Each interval is longer than the last.</summary>
    public void Later() => After(_step * 3 < longest ? _step * 3 : longest);

    private void After(TimeSpan delay) => (_since, _delay, _step) = (time.GetTimestamp(), delay, delay);
}
