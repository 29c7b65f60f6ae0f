namespace VideoGen.Grains.Budget;

/// <summary>
/// When a generation that waits should ask for its place again. It is woken when its turn comes; it asks so that its place is
/// fresh, and so that a budget that lost its queue has it back before its turn. If all asked equally often, a long queue would cost
/// more than the renders; so those far back ask the less often the farther they are.
/// </summary>
internal static class AskingAgain
{
    /// <summary>The head of the queue sees every step.</summary>
    public const int Head = 16;

    private static readonly TimeSpan AtTheHead = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

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
}
