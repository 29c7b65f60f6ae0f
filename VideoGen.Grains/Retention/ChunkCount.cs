using System.Collections.Immutable;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Retention;

/// <summary>
/// One entry with what its generation reports; null when the generation does not exist (yet) or cannot be read.
/// </summary>
internal sealed record ChunkItem(HistoryEntry Entry, KeptMedia? Kept)
{
    public bool CanExpire => Kept is { IsFinished: true, ExpiredAt: null };
}

/// <summary>The content of one history chunk, and what follows from it.</summary>
internal sealed record ChunkCount(ImmutableArray<ChunkItem> Items, bool IsFull)
{
    /// <summary>
    /// An entry without a generation is being submitted, or was left by a submit that was cut off, and is cleaned up within
    /// minutes.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromHours(1);

    /// <summary>The stored summary of the chunk.</summary>
    public ChunkSummary ToSummary(DateTimeOffset now) => new()
    {
        Entries = Items.Length,
        Bytes = Items.Sum(item => item.Kept?.Bytes ?? 0),
        OldestEnd = Oldest(item => item.CanExpire ? item.Kept!.UpdatedAt : null),
        OldestFilm = Oldest(item => item is { CanExpire: true, Kept.Bytes: > 0 } ? item.Kept.UpdatedAt : null),
        OldestExpiry = Oldest(item => item.Kept?.ExpiredAt),
        CountedAt = now,
        IsSettled = Items.All(item => item.Kept?.IsFinished ?? item.Entry.AcceptedAt < now - Settling),
        LastPlace = Items.IsEmpty ? 0 : Items[^1].Entry.Place,
        IsFull = IsFull,
    };

    /// <summary>The generations that ended at or before this time.</summary>
    public IEnumerable<ChunkItem> OlderThan(DateTimeOffset end) =>
        Items.Where(item => item.CanExpire && item.Kept!.UpdatedAt <= end);

    /// <summary>The generations that expired long enough ago to be removed.</summary>
    public IEnumerable<ChunkItem> ExpiredBefore(DateTimeOffset time) => Items.Where(item => item.Kept?.ExpiredAt <= time);

    /// <summary>The fewest of the oldest videos that free this many bytes.</summary>
    public IEnumerable<ChunkItem> OldestOf(long bytes, DateTimeOffset upTo)
    {
        foreach (var item in OlderThan(upTo).Where(item => item.Kept!.Bytes > 0).OrderBy(item => item.Kept!.UpdatedAt))
        {
            if (bytes <= 0)
            {
                yield break;
            }

            bytes -= item.Kept!.Bytes;
            yield return item;
        }
    }

    private DateTimeOffset? Oldest(Func<ChunkItem, DateTimeOffset?> pick) => Items.Min(pick);
}
