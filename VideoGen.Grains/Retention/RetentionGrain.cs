using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Storage;

namespace VideoGen.Grains.Retention;

[GrainType("videogen.retention")]
internal sealed class RetentionGrain(
    [PersistentState("retention")] IPersistentState<RetentionState> state, IOptions<RetentionOptions> options, TimeProvider time)
    : Grain, IRetentionGrain
{
    /// <summary>How much one step changes, so that each is answered soon; what is left is done by the next one.</summary>
    private const int MaxChanges = 64;

    private const int AtOnce = 16;

    /// <summary>A retry can make a film in a shelf that was settled: each is counted again now and then.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromDays(1);

    private long? _recount;

    private RetentionState State => state.State;
    private RetentionOptions Options => options.Value;
    private IHistoryGrain History => GrainFactory.GetGrain<IHistoryGrain>(this.GetPrimaryKeyString());

    public async Task<RetentionStep> SweepAsync(long from, bool isThorough)
    {
        var now = time.GetUtcNow();
        if (from == 0)
        {
            _recount = State.NextDue(0, shelf => shelf.CountedAt <= now - Freshness);    // one of them in a round
        }

        var number = State.NextDue(from, shelf => IsDue(shelf, now) || !shelf.IsFull || (isThorough && shelf.Bytes > 0));
        number = _recount is { } stale && stale >= Math.Max(from, State.First) && stale < number ? stale : number;
        var stretch = await History.GetStretchAsync(number);
        var known = State.Find(number);
        if (known is not null && known.IsOf(stretch) && !IsDue(known, now) && number != _recount)
        {
            return Step(stretch.HasMore ? number + 1 : null);    // nothing came and nothing went
        }

        var (count, isDone) = await ApplyAgeAsync(number, await ReadAsync(stretch), now);
        if (count.Items.Length > 0 || stretch.IsFull)
        {
            await SaveAsync(State.With(number, count.ToShelf(now)));
        }

        return Step(!isDone ? number : stretch.HasMore ? number + 1 : null);
    }

    public async Task<RetentionStep> KeepAsync(long bytes, DateTimeOffset upTo, ExpiryReason reason)
    {
        if (State.Oldest is not { } oldest || State.Bytes <= bytes)
        {
            return Step(null);
        }

        var stretch = await History.GetStretchAsync(oldest.Number);
        var count = await ReadAsync(stretch);
        var excess = State.With(oldest.Number, count.ToShelf(time.GetUtcNow())).Bytes - bytes;    // less after a step that broke off
        List<ShelfItem> going = [.. count.OldestOf(excess, upTo).Take(MaxChanges)];
        count = await ChangeAsync(oldest.Number, count, going, generation => generation.ExpireAsync(reason));
        await SaveAsync(State.With(oldest.Number, count.ToShelf(time.GetUtcNow())));
        return Step(going.Count > 0 ? oldest.Number : null);
    }

    public Task<RetentionStep> ReclaimAsync(long bytes, DateTimeOffset upTo, ExpiryReason reason) =>
        KeepAsync(State.Bytes - bytes, upTo, reason);

    private bool IsDue(Shelf shelf, DateTimeOffset now) => !shelf.IsSettled
        || shelf.OldestEnd <= now - Options.MaxAge
        || shelf.OldestExpiry <= now - Options.KeepExpired;

    /// <summary>Expires and forgets what is due by its age; false when there is more of it than one step may do.</summary>
    private async Task<(ShelfCount Count, bool IsDone)> ApplyAgeAsync(long number, ShelfCount count, DateTimeOffset now)
    {
        List<ShelfItem> forgotten = [.. count.ExpiredBefore(now - Options.KeepExpired)];
        List<ShelfItem> old = Options.MaxAge is { } age ? [.. count.OlderThan(now - age)] : [];
        count = await ChangeAsync(number, count, [.. forgotten.Take(MaxChanges)], generation => generation.DeleteAsync());
        count = await ChangeAsync(number, count, [.. old.Take(MaxChanges)], generation => generation.ExpireAsync(ExpiryReason.Age));
        return (count, forgotten.Count <= MaxChanges && old.Count <= MaxChanges);
    }

    /// <summary>
    /// The shelf is marked as not settled before anything in it changes: after a crash it is counted again, and no film pays for bytes
    /// that are free already.
    /// </summary>
    private async Task<ShelfCount> ChangeAsync(
        long number, ShelfCount count, List<ShelfItem> items, Func<IGenerationGrain, Task> change)
    {
        if (items.Count == 0)
        {
            return count;
        }

        if (State.Find(number) is { IsSettled: true } shelf)
        {
            await SaveAsync(State.With(number, shelf with { IsSettled = false }));
        }

        foreach (var some in items.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(item => change(Generation(item.Entry))));
        }

        return await ReadAsync(await History.GetStretchAsync(number));
    }

    private async Task<ShelfCount> ReadAsync(HistoryStretch stretch)
    {
        List<ShelfItem> items = new(stretch.Entries.Count);
        foreach (var some in stretch.Entries.Chunk(AtOnce))
        {
            items.AddRange(await Task.WhenAll(some.Select(async entry => new ShelfItem(entry, await Generation(entry).GetKeptAsync()))));
        }

        return new ShelfCount([.. items], stretch.IsFull);
    }

    private IGenerationGrain Generation(HistoryEntry entry) => GrainFactory.GetGrain<IGenerationGrain>(entry.GenerationId);

    private RetentionStep Step(long? next) => new(next, State.Bytes, State.Oldest?.End);

    private Task SaveAsync(RetentionState next) => state.SaveAsync(next, DeactivateOnIdle);
}
