using Orleans.Concurrency;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.History;

namespace VideoGen.Grains.Contracts;

/// <summary>The ordered list of one owner's generations; the key is the owner.</summary>
[GrainInterfaceType("videogen.history")]
public interface IHistoryGrain : IGrainWithStringKey
{
    /// <summary>
    /// Durably appends a generation and returns the entry with its position and time of acceptance, neither smaller than those of
    /// the previous entry. Repeating the call for one of the newest entries returns that entry; if the call is marked as a <see
    /// cref="Repetition"/>, this applies to the newest 65,000 entries.
    /// </summary>
    [Alias("append"), AlwaysInterleave]
    Task<HistoryEntry> AppendAsync(string generationId);

    /// <summary>
    /// Up to <paramref name="limit"/> (1–100) entries, newest first, from below position <paramref name="before"/> if it is
    /// given.
    /// </summary>
    [Alias("page"), AlwaysInterleave, Repeatable, ResponseTimeout("00:00:02.5")]
    Task<HistoryPage> GetPageAsync(long? before, int limit);

    /// <summary>
    /// Removes an entry. Without its position the newest 65,000 entries are searched, which is enough for one whose submit was
    /// cut off. An unknown entry is ignored.
    /// </summary>
    [Alias("remove"), AlwaysInterleave]
    Task RemoveAsync(string generationId, long? place);

    /// <summary>The history chunk with this number, from 0: for a walk over all entries, oldest first.</summary>
    [Alias("stretch"), AlwaysInterleave]
    Task<HistoryChunkReply> GetStretchAsync(long number);
}
