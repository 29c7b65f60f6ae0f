namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// When to ask a holder next whether it still needs its slot. A grant can be lost, and a slot that its holder does not know about
/// is missing for all others. A holder that has not called back yet is asked after a second, then after twice as long each time,
/// up to the usual interval.
/// </summary>
internal sealed record HolderCheck(TimeSpan NextAt, bool HasComeBack = false, int Asked = 0, TimeSpan? UnreadableSince = null)
{
    /// <summary>
    /// A holder that cannot be read for this long loses its slot. If it becomes readable again, a job that is still running gets
    /// a slot whatever the limit.
    /// </summary>
    public static readonly TimeSpan UnreadableTimeout = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    public static HolderCheck Granted(TimeSpan now) => new(now + First);

    public static HolderCheck CameBack(TimeSpan now, TimeSpan interval) => new(now + interval, HasComeBack: true);

    public HolderCheck Needed(TimeSpan now, TimeSpan interval)
    {
        var growing = First * Math.Pow(2, Math.Min(Asked + 1, 20));
        return this with
        {
            NextAt = now + (HasComeBack || growing > interval ? interval : growing),
            Asked = Asked + 1,
            UnreadableSince = null,
        };
    }

    public HolderCheck Unreadable(TimeSpan now, TimeSpan interval) =>
        this with { NextAt = now + interval, Asked = Asked + 1, UnreadableSince = UnreadableSince ?? now };

    public bool IsGivenUp(TimeSpan now) => now - UnreadableSince >= UnreadableTimeout;
}
