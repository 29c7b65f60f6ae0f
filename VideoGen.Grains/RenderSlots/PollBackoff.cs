namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// When a waiting generation should ask for its queue position again. It is woken when its turn comes; it asks so that its
/// position is current, and so that a slot grain that lost its queue has it back before its turn. If all asked equally often, a
/// long queue would cost more than the renders, so the further back in the queue, the less often a generation asks.
/// </summary>
internal static class PollBackoff
{
    /// <summary>The generations at the head of the queue, which see every step.</summary>
    public const int Head = 16;

    private static readonly TimeSpan AtTheHead = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>A generation that waits longer than this has no loop, and asks at the next tick of its reminder.</summary>
    private static readonly TimeSpan Reminded = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestSpread = TimeSpan.FromSeconds(30);

    /// <summary>The shortest time after which a granted slot is free again.</summary>
    private static readonly TimeSpan ShortestRender = TimeSpan.FromSeconds(0.25);

    /// <summary>
    /// The delay for a position counted from 1 in the queue for <paramref name="slots"/> slots; <paramref name="random"/> (0–1)
    /// spreads the calls.
    /// </summary>
    public static TimeSpan After(int position, int slots, double random)
    {
        if (position <= Head)
        {
            return AtTheHead;
        }

        var some = TimeSpan.FromSeconds(15 * (1 + random)) + (ShortestRender * ((double)position / slots));
        return some < Longest ? some : Longest;
    }

    /// <summary>All generations up to this position have asked again after this time, starting when the queue was lost.</summary>
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
