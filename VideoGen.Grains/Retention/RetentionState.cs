using System.Collections.Immutable;
using System.Text.Json.Serialization;
using VideoGen.Grains.History;

namespace VideoGen.Grains.Retention;

/// <summary>
/// The stored account of one owner: one summary per history chunk, from the first chunk that still has something.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.retention-state")]
internal sealed record RetentionState
{
    /// <summary>The number of the first chunk; everything before it is permanently gone.</summary>
    [Id(0)] public long First { get; init; }

    [Id(1)] public ImmutableArray<ChunkSummary> Shelves { get; init; } = [];

    [JsonIgnore] public long Bytes => Shelves.Sum(summary => summary.Bytes);

    /// <summary>The number of the oldest chunk with a video, and when its oldest video ended.</summary>
    [JsonIgnore]
    public (long Number, DateTimeOffset End)? Oldest => Numbered()
        .Where(one => one.Summary.OldestFilm is not null)
        .Select(one => ((long, DateTimeOffset)?)(one.Number, one.Summary.OldestFilm!.Value))
        .FirstOrDefault();

    public ChunkSummary? Find(long number) =>
        number >= First && number < First + Shelves.Length ? Shelves[(int)(number - First)] : null;

    /// <summary>Stores the summary of a chunk; empty ones at the start are dropped.</summary>
    public RetentionState With(long number, ChunkSummary summary)
    {
        var index = (int)(number - First);
        var summaries = index == Shelves.Length ? Shelves.Add(summary) : Shelves.SetItem(index, summary);
        var gone = summaries.TakeWhile(one => one is { IsSettled: true, IsFull: true, Entries: 0 }).Count();
        return this with { First = First + gone, Shelves = summaries.RemoveRange(0, gone) };
    }

    /// <summary>
    /// The next chunk from this number on that has to be processed: one that is due, or the first that is not known yet.
    /// </summary>
    public long NextDue(long from, Func<ChunkSummary, bool> isDue) => Numbered()
        .Where(one => one.Number >= from && isDue(one.Summary))
        .Select(one => (long?)one.Number)
        .FirstOrDefault() ?? Math.Max(from, First + Shelves.Length);

    private IEnumerable<(long Number, ChunkSummary Summary)> Numbered() =>
        Shelves.Select((summary, index) => (First + index, summary));
}

/// <summary>
/// The summary of 256 positions of a history: entries, bytes, the end of the oldest that can expire (with and without a video),
/// and the oldest expiry. A summary that is not settled is counted again in each round, because something in it is unfinished or
/// being changed.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.shelf")]
internal sealed record ChunkSummary
{
    [Id(0)] public int Entries { get; init; }
    [Id(1)] public long Bytes { get; init; }
    [Id(2)] public DateTimeOffset? OldestEnd { get; init; }
    [Id(3)] public DateTimeOffset? OldestFilm { get; init; }
    [Id(4)] public DateTimeOffset? OldestExpiry { get; init; }
    [Id(5)] public DateTimeOffset CountedAt { get; init; }
    [Id(6)] public bool IsSettled { get; init; }

    /// <summary>
    /// The position of its newest entry; together with the number of entries it shows whether any were added or removed.
    /// </summary>
    [Id(7)] public long LastPlace { get; init; }

    /// <summary>Whether no more entries can be added.</summary>
    [Id(8)] public bool IsFull { get; init; }

    public bool IsOf(HistoryChunkReply chunk) => IsFull == chunk.IsFull && Entries == chunk.Entries.Count
        && LastPlace == (chunk.Entries.Count == 0 ? 0 : chunk.Entries[^1].Place);
}
