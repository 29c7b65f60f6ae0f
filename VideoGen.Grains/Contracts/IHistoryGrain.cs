using Orleans.Concurrency;

namespace VideoGen.Grains.Contracts;

/// <summary>The ordered list of one owner's generations; the key is the owner.</summary>
[GrainInterfaceType("videogen.history")]
public interface IHistoryGrain : IGrainWithStringKey
{
    /// <summary>
    /// Appends a generation durably and returns the entry with its place and time of acceptance, both never smaller than those
    /// of the entry before. Repeating the call for the newest entries returns the same entry.
    /// </summary>
    [Alias("append"), AlwaysInterleave]
    Task<HistoryEntry> AppendAsync(string generationId);

    /// <summary>Up to <paramref name="limit"/> entries, newest first, older than place <paramref name="before"/> when it is given.</summary>
    [Alias("page"), AlwaysInterleave]
    Task<HistoryPage> GetPageAsync(long? before, int limit);

    /// <summary>Takes an entry out of the list; unknown ones are ignored.</summary>
    [Alias("remove")]
    Task RemoveAsync(string generationId);
}
