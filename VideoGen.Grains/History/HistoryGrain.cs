using System.Collections.Immutable;
using System.Globalization;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.History;

/// <summary>
/// Appends that arrive while a write is in progress share the next write, so the cost per append falls with the load. Readers see
/// only what is stored.
/// </summary>
[GrainType("videogen.history")]
internal sealed class HistoryGrain(
    [PersistentState("history")] IPersistentState<HistoryState> state, TimeProvider time) : Grain, IHistoryGrain
{
    /// <summary>How many sealed chunks a page may read before it returns what it has.</summary>
    private const int MaxChunksPerCall = 16;

    /// <summary>How many chunks a search for one entry may read if it does not reach the entry's time before.</summary>
    private const int MaxChunksSearched = 256;

    /// <summary>The clocks of the machines that create ids and accept entries may differ by this much.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private HistoryState _working = new();
    private HistoryState _committed = new();
    private HistoryChunk _previous = new();
    private Task _writing = Task.CompletedTask;
    private Task? _joining;
    private bool _isBroken;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _working = _committed = state.State;
        if (_committed.SealedThrough > 0)
        {
            _previous = await Chunk(HistoryState.ChunkOf(_committed.SealedThrough)).GetAsync();
        }
    }

    public async Task<HistoryEntry> AppendAsync(string generationId)
    {
        var farBack = Repetition.IsLikely && _working.Find(generationId) is null ? await FindSealedAsync(generationId) : null;
        if ((_working.Find(generationId) ?? HistoryState.Find(_previous.Entries, generationId) ?? farBack) is { } known)
        {
            await CommitAsync();
            return known;
        }

        _working = _working.Append(generationId, Now(), out var entry);
        await CommitAsync();
        return entry;
    }

    public async Task<HistoryPage> GetPageAsync(long? before, int limit)
    {
        var head = _committed;
        var below = before ?? long.MaxValue;
        List<HistoryEntry> entries = [.. NewestFirst(head.Newest, below).Take(limit + 1)];
        var chunk = HistoryState.ChunkOf(Math.Min(below - 1, head.SealedThrough));
        for (var read = 0; entries.Count <= limit && chunk >= 0 && head.SealedThrough > 0; read++, chunk--)
        {
            if (read == MaxChunksPerCall)
            {
                return new HistoryPage(entries, (chunk + 1) * HistoryState.ChunkSize + 1);
            }

            entries.AddRange(NewestFirst((await ReadChunkAsync(chunk)).Entries, below).Take(limit + 1 - entries.Count));
        }

        return entries.Count > limit
            ? new HistoryPage(entries[..limit], entries[limit - 1].Place)
            : new HistoryPage(entries, null);
    }

    public async Task RemoveAsync(string generationId, long? place)
    {
        if (_working.Find(generationId) is { } entry)
        {
            _working = _working.Remove(entry);
            await CommitAsync();
            if (entry.Place > _committed.SealedThrough)
            {
                return;
            }

            place = entry.Place;    // its chunk was sealed in the meantime
        }

        place ??= (await FindSealedAsync(generationId))?.Place;
        if (place is { } known && HistoryState.ChunkOf(known) is var chunk && await Chunk(chunk).RemoveAsync(generationId))
        {
            _previous = chunk == _previous.Number ? await Chunk(chunk).GetAsync() : _previous;
        }
    }

    public async Task<HistoryChunkReply> GetStretchAsync(long number)
    {
        var head = _committed;
        var end = (number + 1) * HistoryState.ChunkSize;
        var entries = end <= head.SealedThrough
            ? (await ReadChunkAsync(number)).Entries
            : head.Newest.RemoveAll(entry => HistoryState.ChunkOf(entry.Place) != number);
        return new HistoryChunkReply(entries, IsFull: end <= head.LastPlace, HasMore: end < head.LastPlace);
    }

    /// <summary>Completes when everything that is in <see cref="_working"/> now is stored.</summary>
    private Task CommitAsync() => _joining ??= CommitNextAsync(_writing);

    private async Task CommitNextAsync(Task underWay)
    {
        await underWay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
            | ConfigureAwaitOptions.ForceYielding);
        _writing = _joining!;
        _joining = null;
        if (_isBroken)
        {
            throw new HistoryUnavailableException();
        }

        try
        {
            await ListOwnerAsync();
            await SealFullChunksAsync();
            var batch = state.State = _working;
            await state.WriteStateAsync();
            _committed = batch;
        }
        catch
        {
            // The stored state is unknown now: a new activation reads it, and callers repeat their append.
            _isBroken = true;
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>
    /// Before its first entry an owner is added to the list of owners, so that a walk over all generations finds every one.
    /// </summary>
    private async Task ListOwnerAsync()
    {
        if (!_working.IsListed)
        {
            await GrainFactory.GetGrain<IOwnersGrain>(IOwnersGrain.Key).AddAsync(HistoryKey.OwnerOf(this.GetPrimaryKeyString()));
            _working = _working with { IsListed = true };
        }
    }

    private async Task SealFullChunksAsync()
    {
        while (_working.FullChunk() is { } full)
        {
            await Chunk(full.Number).SealAsync(full);
            _working = _working.Seal(full);
            _previous = full;
        }
    }

    /// <summary>Searches the sealed chunks, newest first, until they are older than the id.</summary>
    private async Task<HistoryEntry?> FindSealedAsync(string generationId)
    {
        var oldest = TimeOf(generationId) - ClockSkew;
        var newest = _committed.SealedThrough == 0 ? -1 : HistoryState.ChunkOf(_committed.SealedThrough);
        for (var chunk = newest; chunk >= 0 && chunk > newest - MaxChunksSearched; chunk--)
        {
            var entries = (await ReadChunkAsync(chunk)).Entries;
            if (HistoryState.Find(entries, generationId) is { } found)
            {
                return found;
            }

            if (entries is [{ AcceptedAt: var at }, ..] && at < oldest)
            {
                return null;
            }
        }

        return null;
    }

    private ValueTask<HistoryChunk> ReadChunkAsync(long number) =>
        number == _previous.Number && !_previous.Entries.IsEmpty ? new(_previous) : new(Chunk(number).GetAsync());

    private IHistoryChunkGrain Chunk(long number) =>
        GrainFactory.GetGrain<IHistoryChunkGrain>($"{this.GetPrimaryKeyString()}/{number}");

    private static IEnumerable<HistoryEntry> NewestFirst(ImmutableArray<HistoryEntry> entries, long below)
    {
        for (var i = entries.Length - 1; i >= 0; i--)
        {
            if (entries[i].Place < below)
            {
                yield return entries[i];
            }
        }
    }

    // A version-7 UUID begins with its milliseconds since 1970 (RFC 9562, 5.7).
    private static DateTimeOffset TimeOf(string generationId) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(
        string.Concat(generationId.AsSpan(0, 8), generationId.AsSpan(9, 4)), NumberStyles.HexNumber,
        CultureInfo.InvariantCulture));

    /// <summary>Whole milliseconds, the precision that clients see.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}

/// <summary>The history could not be written a moment ago and is being read again; repeat the call.</summary>
[GenerateSerializer, Alias("videogen.history-unavailable")]
public sealed class HistoryUnavailableException() : OrleansException("The history is being read again after a failed write.");
