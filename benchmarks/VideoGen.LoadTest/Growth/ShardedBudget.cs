using System.Globalization;
using VideoGen.Grains.RenderSlots;
using VideoGen.LoadTest.Seeding;

namespace VideoGen.LoadTest.Growth;

/// <summary>
/// Budgets that share the slots evenly, with the product's own <see cref="SlotQueue"/> in each, under a clock that jumps from
/// one end of a render to the next. Everything random comes from one seed.
/// </summary>
internal sealed class ShardedBudget(int shards, int slots, int seed)
{
    private readonly SlotQueue[] _budgets = [.. Enumerable.Repeat(SlotQueue.Empty, shards)];
    private readonly PriorityQueue<(long Number, int Shard), double> _ends = new();
    private readonly Random _random = new(seed);
    private readonly List<(long Number, double At)> _granted = [];
    private readonly int _slots = slots / shards;
    private int _unfinished;
    private double _now;

    /// <summary>Who was given a slot, and when, in that order.</summary>
    public IReadOnlyList<(long Number, double At)> Granted => _granted;

    /// <summary>Slot-seconds in which a slot was free in one shard while somebody waited in another.</summary>
    public double Idle { get; private set; }

    /// <summary>Slot-seconds until the last one was given a slot.</summary>
    public double Offered { get; private set; }

    /// <summary>Nobody is given a slot before the queue is as long as it should be.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Accepts the next; which shard it gets is random, as the hash of an id is.</summary>
    public void Accept(long number, double at)
    {
        RunUntil(at);
        var (shard, id) = (_random.Next(shards), SeededHistory.IdAt(number));
        _unfinished++;
        Change(shard, budget => budget.Join(id, DateTimeOffset.UnixEpoch.AddSeconds(number)), asking: id);
    }

    /// <summary>Until nobody is left.</summary>
    public void RunToTheEnd() => RunUntil(double.PositiveInfinity);

    public void Resume()
    {
        IsPaused = false;
        for (var shard = 0; shard < shards; shard++)
        {
            Change(shard, budget => budget, asking: null);
        }
    }

    private void RunUntil(double until)
    {
        while (_ends.TryPeek(out var next, out var end) && end <= until)
        {
            PassTo(end);
            _ends.Dequeue();
            _unfinished--;
            var id = SeededHistory.IdAt(next.Number);
            Change(next.Shard, budget => budget.Leave(id), asking: null);
        }

        PassTo(double.IsFinite(until) ? until : _now);
    }

    private void PassTo(double then)
    {
        var free = (_slots * shards) - _ends.Count;
        var waiting = _unfinished - _ends.Count;
        Idle += IsPaused ? 0 : Math.Min(free, waiting) * (then - _now);
        Offered += waiting > 0 ? _slots * shards * (then - _now) : 0;
        _now = then;
    }

    /// <summary>The same calls that the grain makes for a request or a release.</summary>
    private void Change(int shard, Func<SlotQueue, SlotQueue> change, string? asking)
    {
        var before = _budgets[shard];
        var next = change(before);
        next = IsPaused ? next : next.Grant(_slots);
        var added = next.Holders.Except(before.Holders);
        _ = asking is null ? 0 : next.PositionOf(asking);
        _budgets[shard] = next;
        foreach (var id in added)
        {
            var number = long.Parse(id.AsSpan(^12..), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            _granted.Add((number, _now));
            _ends.Enqueue((number, shard), _now + RenderSeconds());
        }
    }

    /// <summary>From seconds to ten minutes, a minute on average: a tenth at once, and a long tail.</summary>
    private double RenderSeconds() => Math.Min(600, 5 - (56 * Math.Log(1 - _random.NextDouble())));
}
