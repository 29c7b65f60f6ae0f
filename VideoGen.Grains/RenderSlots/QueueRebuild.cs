namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// The time after the memory of a queue was lost, while those who waited come back by asking again: nobody may pass who has not
/// had the time to ask. When each asks follows from the place (<see cref="PollBackoff"/>), so at any moment those up to some
/// place are all back, and so many slots can be granted in order. Who was accepted after the loss waits until all are.
/// </summary>
/// <param name="Waited">How many waited when that was last stored.</param>
/// <param name="LostAt">Who was accepted later is new.</param>
internal sealed record QueueRebuild(int Waited, DateTimeOffset LostAt)
{
    /// <summary>An answer takes some time, and who asks is late now and then.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>Slots granted since.</summary>
    public int Granted { get; init; }

    /// <summary>Those who waited and are back.</summary>
    public int Back { get; init; }

    /// <summary>
    /// The most that can wait before it is stored again: a part of the number, so that storing costs little at any length. Where
    /// nobody waited nobody has to be waited for.
    /// </summary>
    public static int MostFor(int stored) => stored switch
    {
        0 => 0,
        <= PollBackoff.Head => PollBackoff.Head,
        _ => stored + Math.Max(PollBackoff.Head, stored / 16),
    };

    /// <summary>Whether the stored number is too far from this one.</summary>
    public static bool IsOutdated(int stored, int waiting) =>
        waiting > MostFor(stored) || (stored > PollBackoff.Head && waiting < stored / 2);

    /// <summary>
    /// What to store. A short queue that empties is remembered for a few writes: where it comes and goes, every coming would be a
    /// write.
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
