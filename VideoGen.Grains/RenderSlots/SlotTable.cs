using System.Collections.Immutable;

namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// All that decides who gets a render slot of one upstream: the queue, the pauses, and what is not known yet after a loss. Pure;
/// times are those that passed since the activation, by a clock that nobody can set.
/// </summary>
internal sealed record SlotTable(SlotQueue Budget, UpstreamPauses Pauses, QueueRebuild? Rebuild = null)
{
    public static SlotTable Empty { get; } = new(SlotQueue.Empty, UpstreamPauses.None);

    /// <summary>What an earlier activation left. A probe that holds no slot has given it back.</summary>
    public static SlotTable Load(RenderSlotState state, DateTimeOffset utcNow) => new(
        SlotQueue.Empty with { Holders = [.. state.Holders] },
        new UpstreamPauses([.. state.Pauses.Select(pause => state.Holders.Contains(pause.Probe) ? pause : pause with { Probe = null })]),
        state.Waiting == 0 ? null : new QueueRebuild(state.Waiting, utcNow > state.NewestAt ? utcNow : state.NewestAt));

    /// <summary>
    /// Joins behind those accepted earlier. Who joins for the first time (<paramref name="isNew"/>) does so behind all others: a
    /// clock that was put back gives nobody a better place.
    /// </summary>
    public SlotTable Join(SlotRequest request, bool isNew = false)
    {
        if (Budget.Knows(request.GenerationId))
        {
            return this;
        }

        var at = isNew && Budget.NewestAt is { } newest && newest > request.AcceptedAt ? newest : request.AcceptedAt;
        var next = Budget.Join(request.GenerationId, at, request.Model);
        return this with { Budget = next, Rebuild = Rebuild?.Joined(next.Waiting[request.GenerationId]) };
    }

    /// <summary>A job that runs holds its slot whatever the limit; and its submit was accepted.</summary>
    public SlotTable Claim(string id) => this with { Budget = Budget.Claim(id), Pauses = Pauses.Accepted(id) };

    public SlotTable Leave(string id, TimeSpan now) => this with { Budget = Budget.Leave(id), Pauses = Pauses.Left(id, now) };

    /// <summary>An order was refused, and not for its own sake: it goes back to its place, and the others are not sent.</summary>
    public SlotTable Refuse(UpstreamPause refusal, SlotRequest refused, DateTimeOffset utcNow, TimeSpan now) => (this with
    {
        Budget = Budget.IsHolder(refused.GenerationId) ? Budget.Leave(refused.GenerationId) : Budget,
        Pauses = Pauses.Refused(refusal, refused.GenerationId, utcNow, now),
    }).Join(refused);

    /// <summary>Without the slots of who is not among these.</summary>
    public SlotTable KeepingOnly(ImmutableHashSet<string> holders) => ReferenceEquals(Budget.Holders, holders)
        ? this
        : this with { Budget = Budget with { Holders = Budget.Holders.Intersect(holders) } };

    public SlotTable Resume(string id) => this with { Pauses = Pauses.Accepted(id) };

    /// <summary>Gives the free slots to those who may go, in order.</summary>
    public SlotTable Grant(int slots, TimeSpan now)
    {
        var next = Rebuild?.IsOver(now, slots) is true ? this with { Rebuild = null } : this;
        while (next.Budget.Holders.Count < slots && next.First(slots, now) is { } first)
        {
            next = new SlotTable(
                next.Budget.Claim(first.Id),
                next.Pauses.Granted(first.Model, first.Id),
                next.Rebuild is { } rebuild ? rebuild with { Granted = rebuild.Granted + 1 } : null);
        }

        return next;
    }

    /// <summary>
    /// What to store, or the stored state itself when there is no need: new holders and pauses before anybody learns of them, the
    /// length of the queue now and then.
    /// </summary>
    public RenderSlotState ToState(RenderSlotState stored, bool hasNewHolders)
    {
        var waiting = Math.Max(Budget.Waiting.Count, Rebuild?.Waited ?? 0);
        return hasNewHolders || QueueRebuild.IsOutdated(stored.Waiting, waiting) || !Pauses.IsStoredAs(stored.Pauses)
            ? new RenderSlotState
            {
                Holders = [.. Budget.Holders],
                Pauses = Pauses.All,
                Waiting = QueueRebuild.ToStore(stored.Waiting, waiting),
                NewestAt = Budget.NewestAt ?? stored.NewestAt,
                WriteId = Guid.NewGuid(),
            }
            : stored;
    }

    private Waiter? First(int slots, TimeSpan now) =>
        Budget.Firsts(Pauses.WasTried)
            .Where(head => Pauses.LetsGo(head.Model, now) && Rebuild?.LetsGo(head, now, slots) is not false)
            .Min();
}
