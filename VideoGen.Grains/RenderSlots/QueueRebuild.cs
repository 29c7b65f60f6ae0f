namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// The time after a queue's memory was lost, while waiting generations return to it by asking again: no generation may get ahead
/// of one that has not had the time to ask. The position determines when each one asks (<see cref="PollBackoff"/>), so at any
/// moment all generations up to some position are back, and that many slots can be granted in order. A generation accepted after
/// the loss waits until all are back.
/// </summary>
/// <param name="Waited">How many generations were waiting when that was last stored.</param>
/// <param name="LostAt">Generations accepted later are new.</param>
internal sealed record QueueRebuild(int Waited, DateTimeOffset LostAt)
{
    /// <summary>Allows for the time of a reply, and for a generation that asks late.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>Slots granted since the loss.</summary>
    public int Granted { get; init; }

    /// <summary>Waiting generations that are back.</summary>
    public int Back { get; init; }

    /// <summary>
    /// The highest number that can wait before it is stored again: a fraction of the number, so that storing costs little at any
    /// length. If none was waiting, there is none to wait for.
    /// </summary>
    public static int MostFor(int stored) => stored switch
    {
        0 => 0,
        <= PollBackoff.Head => PollBackoff.Head,
        _ => stored + Math.Max(PollBackoff.Head, stored / 16),
    };

    /// <summary>Whether the stored number differs too much from this one.</summary>
    public static bool IsOutdated(int stored, int waiting) =>
        waiting > MostFor(stored) || (stored > PollBackoff.Head && waiting < stored / 2);

    /// <summary>
    /// The number to store. A short queue that empties is remembered for a few writes: otherwise a queue that fills and empties
    /// again would write each time.
    /// </summary>
    public static int ToStore(int stored, int waiting) => waiting switch
    {
        0 => Math.Min(stored, PollBackoff.Head) / 2,
        <= PollBackoff.Head => PollBackoff.Head,
        _ => waiting,
    };

    public QueueRebuild Joined(Waiter waiter) => IsNew(waiter) ? this : this with { Back = Back + 1 };

    public bool IsOver(TimeSpan elapsed, int slots) =>
        Back >= Math.Max(Waited, PollBackoff.Head) || AskedBy(elapsed, slots) >= MostFor(Waited);

    public bool LetsGo(Waiter waiter, TimeSpan elapsed, int slots) => !IsNew(waiter) && Granted < AskedBy(elapsed, slots);

    private bool IsNew(Waiter waiter) => waiter.AcceptedAt > LostAt;

    private static int AskedBy(TimeSpan elapsed, int slots) => PollBackoff.AskedWithin(elapsed - Margin, slots);
}
