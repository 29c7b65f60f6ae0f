using System.Collections.Immutable;

namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// Everything that decides which generation gets a render slot of one upstream: the queue, the pauses, and what is unknown after
/// a loss. Pure; times are measured since the activation, with a monotonic clock.
/// </summary>
internal sealed record SlotTable(SlotQueue Queue, UpstreamPauses Pauses, QueueRebuild? Rebuild = null)
{
    public static SlotTable Empty { get; } = new(SlotQueue.Empty, UpstreamPauses.None);

    /// <summary>What an earlier activation stored. A probe that holds no slot has released it.</summary>
    public static SlotTable Load(RenderSlotState state, DateTimeOffset utcNow) => new(
        SlotQueue.Empty with { Holders = [.. state.Holders] },
        new UpstreamPauses(
            [.. state.Pauses.Select(pause => state.Holders.Contains(pause.Probe) ? pause : pause with { Probe = null })]),
        state.Waiting == 0 ? null : new QueueRebuild(state.Waiting, utcNow > state.NewestAt ? utcNow : state.NewestAt));

    /// <summary>
    /// Joins after the generations accepted earlier. One that joins for the first time (<paramref name="isNew"/>) does so behind
    /// all others, so that a clock that was set back gives no generation a better position.
    /// </summary>
    public SlotTable Join(SlotRequest request, bool isNew = false)
    {
        if (Queue.Knows(request.GenerationId))
        {
            return this with { Queue = Queue.Join(request.GenerationId, request.AcceptedAt, request.Model) };
        }

        var at = isNew && Queue.NewestAt is { } newest && newest > request.AcceptedAt ? newest : request.AcceptedAt;
        var next = Queue.Join(request.GenerationId, at, request.Model);
        return this with { Queue = next, Rebuild = Rebuild?.Joined(next.Waiting[request.GenerationId]) };
    }

    /// <summary>A running job holds its slot whatever the limit, and its submit was accepted.</summary>
    public SlotTable Claim(string id) => this with { Queue = Queue.Claim(id), Pauses = Pauses.Accepted(id) };

    public SlotTable Leave(string id, TimeSpan now) => this with { Queue = Queue.Leave(id), Pauses = Pauses.Left(id, now) };

    /// <summary>
    /// A request was refused, but not because of the request itself: the generation returns to its position, and no others are
    /// sent.
    /// </summary>
    public SlotTable Refuse(UpstreamPause refusal, SlotRequest refused, DateTimeOffset utcNow, TimeSpan now) => (this with
    {
        Queue = Queue.IsHolder(refused.GenerationId) ? Queue.Leave(refused.GenerationId) : Queue,
        Pauses = Pauses.Refused(refusal, refused.GenerationId, utcNow, now),
    }).Join(refused);

    /// <summary>Removes the slots of all holders except these.</summary>
    public SlotTable KeepingOnly(ImmutableHashSet<string> holders) => ReferenceEquals(Queue.Holders, holders)
        ? this
        : this with { Queue = Queue with { Holders = Queue.Holders.Intersect(holders) } };

    public SlotTable Resume(string id) => this with { Pauses = Pauses.Accepted(id) };

    /// <summary>Grants the free slots in order to the generations that may start.</summary>
    public SlotTable Grant(int slots, TimeSpan now)
    {
        var next = Rebuild?.IsOver(now, slots) is true ? this with { Rebuild = null } : this;
        while (next.Queue.Holders.Count < slots && next.First(slots, now) is { } first)
        {
            next = new SlotTable(
                next.Queue.Claim(first.Id),
                next.Pauses.Granted(first.Model, first.Id),
                next.Rebuild is { } rebuild ? rebuild with { Granted = rebuild.Granted + 1 } : null);
        }

        return next;
    }

    /// <summary>
    /// The state to store, or the stored state itself if no write is needed: new holders and pauses are stored before any holder
    /// learns of them, the length of the queue only now and then.
    /// </summary>
    public RenderSlotState ToState(RenderSlotState stored, bool hasNewHolders)
    {
        var waiting = Math.Max(Queue.Waiting.Count, Rebuild?.Waited ?? 0);
        return hasNewHolders || QueueRebuild.IsOutdated(stored.Waiting, waiting) || !Pauses.IsStoredAs(stored.Pauses)
            ? new RenderSlotState
            {
                Holders = [.. Queue.Holders],
                Pauses = Pauses.All,
                Waiting = QueueRebuild.ToStore(stored.Waiting, waiting),
                NewestAt = Queue.NewestAt ?? stored.NewestAt,
                WriteId = Guid.NewGuid(),
            }
            : stored;
    }

    private Waiter? First(int slots, TimeSpan now) =>
        Queue.Firsts(Pauses.WasTried)
            .Where(head => Pauses.LetsGo(head.Model, now) && Rebuild?.LetsGo(head, now, slots) is not false)
            .Min();
}
