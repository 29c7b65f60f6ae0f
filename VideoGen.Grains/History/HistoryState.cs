using System.Collections.Immutable;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.History;

/// <summary>
/// The stored head of a history: the entries that are not sealed into a chunk yet, oldest first. Positions are numbered from 1,
/// and chunk k holds the positions k·256+1 … (k+1)·256, so a position determines its chunk and a deletion moves nothing.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.history-state")]
internal sealed record HistoryState
{
    /// <summary>
    /// Positions per chunk: a head write stays below 25 KB, and a page of ten rarely needs more than one chunk.
    /// </summary>
    public const int ChunkSize = 256;

    [Id(0)] public long LastPlace { get; init; }
    [Id(1)] public DateTimeOffset LastAcceptedAt { get; init; }
    [Id(2)] public long SealedThrough { get; init; }
    [Id(3)] public ImmutableArray<HistoryEntry> Newest { get; init; } = [];

    /// <summary>Whether the owner is on the list of owners.</summary>
    [Id(40)] public bool IsListed { get; init; }

    public static long ChunkOf(long position) => (position - 1) / ChunkSize;

    public HistoryEntry? Find(string generationId) => Find(Newest, generationId);

    /// <summary>Searches from the newest entry, because repeated calls come soon.</summary>
    public static HistoryEntry? Find(ImmutableArray<HistoryEntry> entries, string generationId)
    {
        for (var index = entries.Length - 1; index >= 0; index--)
        {
            if (entries[index].GenerationId == generationId)
            {
                return entries[index];
            }
        }

        return null;
    }

    /// <summary>
    /// Adds an entry after the newest; the time never goes backwards, so that position and time have the same order.
    /// </summary>
    public HistoryState Append(string generationId, DateTimeOffset now, out HistoryEntry entry)
    {
        entry = new HistoryEntry(LastPlace + 1, generationId, now > LastAcceptedAt ? now : LastAcceptedAt);
        return this with { LastPlace = entry.Place, LastAcceptedAt = entry.AcceptedAt, Newest = Newest.Add(entry) };
    }

    public HistoryState Remove(HistoryEntry entry) => this with { Newest = Newest.Remove(entry) };

    /// <summary>The next full chunk, oldest first; null when there is none.</summary>
    public HistoryChunk? FullChunk() => LastPlace - SealedThrough >= ChunkSize
        ? new HistoryChunk
        {
            Number = SealedThrough / ChunkSize,
            Entries = [.. Newest.TakeWhile(entry => entry.Place <= SealedThrough + ChunkSize)],
        }
        : null;

    /// <summary>Removes the entries that the chunk now contains.</summary>
    public HistoryState Seal(HistoryChunk chunk) => chunk.LastPlace <= SealedThrough
        ? this
        : this with
        {
            SealedThrough = chunk.LastPlace,
            Newest = Newest.RemoveAll(entry => entry.Place <= chunk.LastPlace),
        };
}

/// <summary>256 positions of a history to which nothing is appended any more, oldest first; only a removal changes it.</summary>
[GenerateSerializer, Immutable, Alias("videogen.history-chunk")]
internal sealed record HistoryChunk
{
    [Id(0)] public long Number { get; init; }
    [Id(1)] public ImmutableArray<HistoryEntry> Entries { get; init; } = [];

    [System.Text.Json.Serialization.JsonIgnore]
    public long LastPlace => (Number + 1) * HistoryState.ChunkSize;
}
