using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.History;
using VideoGen.Grains.Storage;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Retention;

[GrainType("videogen.retention")]
internal sealed partial class RetentionGrain(
    [PersistentState("retention")] IPersistentState<RetentionState> state, IOptions<RetentionOptions> options,
    GenerationTelemetry telemetry, TimeProvider time, ILogger<RetentionGrain> logger) : Grain, IRetentionGrain
{
    /// <summary>How much one step changes, so that each responds soon; the next step does the rest.</summary>
    private const int MaxChanges = 64;

    private const int AtOnce = 16;

    /// <summary>
    /// A retry can create a video in a chunk that was settled, so each chunk is counted again from time to time.
    /// </summary>
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
            _recount = State.NextDue(0, summary => summary.CountedAt <= now - Freshness);    // one of them per round
        }

        var number = State.NextDue(from, summary => IsDue(summary, now) || !summary.IsFull || (isThorough && summary.Bytes > 0));
        number = _recount is { } stale && stale >= Math.Max(from, State.First) && stale < number ? stale : number;
        var chunk = await History.GetStretchAsync(number);
        var known = State.Find(number);
        if (known is not null && known.IsOf(chunk) && !IsDue(known, now) && number != _recount)
        {
            return Step(chunk.HasMore ? number + 1 : null);    // nothing was added or removed
        }

        var (count, isDone) = await ApplyAgeAsync(number, await ReadAsync(chunk), now);
        if (count.Items.Length > 0 || chunk.IsFull)
        {
            await SaveAsync(State.With(number, count.ToSummary(now)));
        }

        return Step(!isDone ? number : chunk.HasMore ? number + 1 : null);
    }

    public async Task<RetentionStep> KeepAsync(long bytes, DateTimeOffset upTo, ExpiryReason reason)
    {
        if (State.Oldest is not { } oldest || State.Bytes <= bytes)
        {
            return Step(null);
        }

        var chunk = await History.GetStretchAsync(oldest.Number);
        var count = await ReadAsync(chunk);
        var excess = State.With(oldest.Number, count.ToSummary(time.GetUtcNow())).Bytes - bytes;    // less after a cut-off step
        List<ChunkItem> going = [.. count.OldestOf(excess, upTo).Take(MaxChanges)];
        count = await ChangeAsync(oldest.Number, count, going, generation => generation.ExpireAsync(reason));
        await SaveAsync(State.With(oldest.Number, count.ToSummary(time.GetUtcNow())));
        return Step(going.Count > 0 ? oldest.Number : null);
    }

    public Task<RetentionStep> ReclaimAsync(long bytes, DateTimeOffset upTo, ExpiryReason reason) =>
        KeepAsync(State.Bytes - bytes, upTo, reason);

    private bool IsDue(ChunkSummary summary, DateTimeOffset now) => !summary.IsSettled
        || summary.OldestEnd <= now - Options.MaxAge
        || summary.OldestExpiry <= now - Options.KeepExpired;

    /// <summary>
    /// Expires and removes what is due by its age; false when there is more than one step may do. What remains although it is due
    /// is left to the next round; otherwise this one would never end.
    /// </summary>
    private async Task<(ChunkCount Count, bool IsDone)> ApplyAgeAsync(long number, ChunkCount count, DateTimeOffset now)
    {
        var (forgotten, old) = (Forgotten(count), Old(count));
        var left = await ChangeAsync(number, count, [.. forgotten.Take(MaxChanges)], generation => generation.DeleteAsync());
        left = await ChangeAsync(number, left, [.. old.Take(MaxChanges)], generation => generation.ExpireAsync(ExpiryReason.Age));
        var isMore = forgotten.Count > MaxChanges || old.Count > MaxChanges;
        return (left, !isMore || Forgotten(left).Count + Old(left).Count >= forgotten.Count + old.Count);

        List<ChunkItem> Forgotten(ChunkCount items) => [.. items.ExpiredBefore(now - Options.KeepExpired)];
        List<ChunkItem> Old(ChunkCount items) => Options.MaxAge is { } age ? [.. items.OlderThan(now - age)] : [];
    }

    /// <summary>
    /// The chunk's summary is marked as not settled before anything in the chunk changes: after a crash it is counted again, and
    /// no video is removed for bytes that are free already.
    /// </summary>
    private async Task<ChunkCount> ChangeAsync(
        long number, ChunkCount count, List<ChunkItem> items, Func<IGenerationGrain, Task> change)
    {
        if (items.Count == 0)
        {
            return count;
        }

        if (State.Find(number) is { IsSettled: true } summary)
        {
            await SaveAsync(State.With(number, summary with { IsSettled = false }));
        }

        foreach (var some in items.Chunk(AtOnce))
        {
            await ChangeAsync(some, change);
        }

        return await ReadAsync(await History.GetStretchAsync(number));
    }

    /// <summary>
    /// A generation that cannot be changed is left to the next round. If none can be changed, the store is unavailable and this
    /// round ends.
    /// </summary>
    private async Task ChangeAsync(ChunkItem[] items, Func<IGenerationGrain, Task> change)
    {
        var changes = items.Select(item => change(GrainFactory.GetGrain<IGenerationGrain>(item.Entry.GenerationId))).ToList();
        await Task.WhenAll(changes)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        foreach (var (item, failed) in items.Zip(changes).Where(one => !one.Second.IsCompletedSuccessfully))
        {
            LogLeft(failed.Exception?.InnerException, item.Entry.GenerationId);
        }

        if (changes.Count > 1 && changes.TrueForAll(one => one.IsFaulted))
        {
            await changes[0];
        }
    }

    private async Task<ChunkCount> ReadAsync(HistoryChunkReply chunk)
    {
        var reads = new IsolatedReads(GrainFactory, telemetry, logger);
        List<ChunkItem> items = new(chunk.Entries.Count);
        foreach (var some in chunk.Entries.Chunk(AtOnce))
        {
            var kept = await Task.WhenAll(
                some.Select(entry => reads.ReadAsync(entry.GenerationId, generation => generation.GetKeptAsync())));
            items.AddRange(some.Zip(kept, (entry, read) => new ChunkItem(entry, read.Value)));
        }

        return new ChunkCount([.. items], chunk.IsFull);
    }

    private RetentionStep Step(long? next) => new(next, State.Bytes, State.Oldest?.End);

    private Task SaveAsync(RetentionState next) => state.SaveAsync(next, DeactivateOnIdle);

    [LoggerMessage(LogLevel.Warning, "Retention: generation {GenerationId} could not be changed; the next round retries it")]
    private partial void LogLeft(Exception? exception, string generationId);
}
