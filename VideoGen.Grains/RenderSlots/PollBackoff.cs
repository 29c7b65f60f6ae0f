namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// When a generation that waits should ask for its place again. It is woken when its turn comes; it asks so that its place is
/// fresh, and so that a budget that lost its queue has it back before its turn. If all asked equally often, a long queue would cost
/// more than the renders; so those far back ask the less often the farther they are.
/// </summary>
internal static class PollBackoff
{
    /// <summary>The head of the queue sees every step.</summary>
    public const int Head = 16;

    private static readonly TimeSpan AtTheHead = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Who has longer to wait than this has no loop, and asks when its reminder ticks next.</summary>
    private static readonly TimeSpan Reminded = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestSpread = TimeSpan.FromSeconds(30);

    /// <summary>No slot is free again sooner than this after it was given away.</summary>
    private static readonly TimeSpan ShortestRender = TimeSpan.FromSeconds(0.25);

    /// <summary>
    /// For a place counted from 1 in the queue before <paramref name="slots"/>; <paramref name="random"/> (0–1) spreads them.
    /// </summary>
    public static TimeSpan After(int place, int slots, double random)
    {
        if (place <= Head)
        {
            return AtTheHead;
        }

        var some = TimeSpan.FromSeconds(15 * (1 + random)) + (ShortestRender * ((double)place / slots));
        return some < Longest ? some : Longest;
    }

    /// <summary>
    /// Everybody up to this place has asked again when so much time has passed, since nobody knew how the queue stands.
    /// </summary>
    public static int AskedWithin(TimeSpan time, int slots)
    {
        if (time < AtTheHead)
        {
            return 0;
        }

        var reminded = time <= Reminded ? time : time <= Reminded * 2 ? Reminded : time - Reminded;
        return reminded >= Longest ? int.MaxValue : Math.Max(Head, (int)((reminded - LongestSpread) / ShortestRender * slots));
    }
}
