using System.Collections.Immutable;

namespace VideoGen.Grains.Budget;

/// <summary>Who holds a slot, and who waits in which order; pure, so that the rules are tested without a cluster.</summary>
internal sealed record RenderBudget(
    ImmutableHashSet<string> Holders, ImmutableSortedSet<Waiter> Queue, ImmutableDictionary<string, Waiter> Waiting)
{
    public static RenderBudget Empty { get; } = new([], [], ImmutableDictionary<string, Waiter>.Empty);

    public int Unfinished => Holders.Count + Queue.Count;

    public bool IsHolder(string id) => Holders.Contains(id);

    /// <summary>Joins behind those who were accepted earlier; who is in already keeps the place.</summary>
    public RenderBudget Join(string id, DateTimeOffset acceptedAt) => IsHolder(id) || Waiting.ContainsKey(id)
        ? this
        : Add(new Waiter(id, acceptedAt));

    /// <summary>A job that already runs holds its slot, whatever the limit.</summary>
    public RenderBudget Claim(string id) => Leave(id).Hold(id);

    public RenderBudget Leave(string id) => Waiting.TryGetValue(id, out var waiter)
        ? this with { Queue = Queue.Remove(waiter), Waiting = Waiting.Remove(id) }
        : this with { Holders = Holders.Remove(id) };

    /// <summary>Gives the free slots to the heads of the queue.</summary>
    public RenderBudget Grant(int maxConcurrent)
    {
        var next = this;
        while (next.Holders.Count < maxConcurrent && next.Queue.Count > 0)
        {
            next = next.Claim(next.Queue[0].Id);
        }

        return next;
    }

    /// <summary>The place in the queue counted from 1; 0 when not in it.</summary>
    public int PositionOf(string id) => Waiting.TryGetValue(id, out var waiter) ? Queue.IndexOf(waiter) + 1 : 0;

    private RenderBudget Add(Waiter waiter) =>
        this with { Queue = Queue.Add(waiter), Waiting = Waiting.Add(waiter.Id, waiter) };

    private RenderBudget Hold(string id) => this with { Holders = Holders.Add(id) };
}

/// <summary>One in the queue: earlier acceptance first, then the id, which grows with time as well.</summary>
internal sealed record Waiter(string Id, DateTimeOffset AcceptedAt) : IComparable<Waiter>
{
    public int CompareTo(Waiter? other) => other is null
        ? 1
        : AcceptedAt.CompareTo(other.AcceptedAt) is var byTime and not 0 ? byTime : string.CompareOrdinal(Id, other.Id);
}
