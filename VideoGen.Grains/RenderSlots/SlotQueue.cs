using System.Collections.Immutable;

namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// The holders of slots and the order of the queue; pure, so that the rules can be tested without a cluster. There is one order,
/// kept per model, so that the queue of a paused model costs the others nothing.
/// </summary>
internal sealed record SlotQueue(
    ImmutableHashSet<string> Holders, ImmutableDictionary<string, ImmutableSortedSet<Waiter>> Queues,
    ImmutableDictionary<string, Waiter> Waiting)
{
    public static SlotQueue Empty { get; } = new(
        [], ImmutableDictionary<string, ImmutableSortedSet<Waiter>>.Empty, ImmutableDictionary<string, Waiter>.Empty);

    public int Unfinished => Holders.Count + Waiting.Count;

    /// <summary>The first waiting generation of each model.</summary>
    public IEnumerable<Waiter> Heads => Queues.Values.Select(queue => queue[0]);

    /// <summary>The same, except that generations to pass over come after all others.</summary>
    public IEnumerable<Waiter> Firsts(Func<Waiter, bool> isPassedOver) =>
        Queues.Values.Select(queue => queue.FirstOrDefault(waiter => !isPassedOver(waiter)) ?? queue[0]);

    /// <summary>When the last generation in the queue was accepted.</summary>
    public DateTimeOffset? NewestAt => Queues.IsEmpty ? null : Queues.Values.Max(queue => queue[^1].AcceptedAt);

    public bool IsHolder(string id) => Holders.Contains(id);

    public bool Knows(string id) => IsHolder(id) || Waiting.ContainsKey(id);

    /// <summary>
    /// Joins after the generations that were accepted earlier; one that is already in the queue keeps its position, also when it
    /// names another model now.
    /// </summary>
    public SlotQueue Join(string id, DateTimeOffset acceptedAt, string? model = null)
    {
        if (Waiting.GetValueOrDefault(id) is { } known)
        {
            return model is null || known.Model == model ? this : Leave(id).Join(id, known.AcceptedAt, model);
        }

        if (IsHolder(id))
        {
            return this;
        }

        var waiter = new Waiter(id, acceptedAt, model);
        var queue = QueueOf(waiter).Add(waiter);
        return this with { Queues = Queues.SetItem(waiter.Queue, queue), Waiting = Waiting.Add(id, waiter) };
    }

    /// <summary>A job that is already running holds its slot, whatever the limit.</summary>
    public SlotQueue Claim(string id) => IsHolder(id) ? this : Leave(id).Hold(id);

    public SlotQueue Leave(string id)
    {
        if (!Waiting.TryGetValue(id, out var waiter))
        {
            return this with { Holders = Holders.Remove(id) };
        }

        var left = QueueOf(waiter).Remove(waiter);
        return this with
        {
            Queues = left.IsEmpty ? Queues.Remove(waiter.Queue) : Queues.SetItem(waiter.Queue, left),
            Waiting = Waiting.Remove(id),
        };
    }

    /// <summary>Grants the free slots to the heads of the queue.</summary>
    public SlotQueue Grant(int maxConcurrent)
    {
        var next = this;
        while (next.Holders.Count < maxConcurrent && next.Heads.Min() is { } first)
        {
            next = next.Claim(first.Id);
        }

        return next;
    }

    /// <summary>The position in the queue counted from 1; 0 when not in it.</summary>
    public int PositionOf(string id) =>
        Waiting.TryGetValue(id, out var waiter) ? Queues.Values.Sum(queue => CountUpTo(queue, waiter)) : 0;

    private ImmutableSortedSet<Waiter> QueueOf(Waiter waiter) => Queues.GetValueOrDefault(waiter.Queue, []);

    private SlotQueue Hold(string id) => this with { Holders = Holders.Add(id) };

    /// <summary>The index of an element that is not in a sorted set is the complement of where it would be.</summary>
    private static int CountUpTo(ImmutableSortedSet<Waiter> queue, Waiter waiter)
    {
        var index = queue.IndexOf(waiter);
        return index >= 0 ? index + 1 : ~index;
    }
}

/// <summary>A waiting generation: earlier acceptance first, then the id, which grows with time as well.</summary>
internal sealed record Waiter(string Id, DateTimeOffset AcceptedAt, string? Model = null) : IComparable<Waiter>
{
    public string Queue => Model ?? "";

    public int CompareTo(Waiter? other) => other is null
        ? 1
        : AcceptedAt.CompareTo(other.AcceptedAt) is var byTime and not 0 ? byTime : string.CompareOrdinal(Id, other.Id);
}
