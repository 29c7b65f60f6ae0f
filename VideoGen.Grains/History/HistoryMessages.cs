using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.History;

/// <summary>
/// Entries, newest first. <paramref name="Next"/> is the position before which older ones follow; null when there are none.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.history-page")]
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, long? Next);

/// <summary>
/// The entries of 256 consecutive positions of a history, oldest first. <paramref name="IsFull"/>: no append can add to them;
/// without <paramref name="HasMore"/> nothing follows.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.history-stretch")]
public sealed record HistoryChunkReply(IReadOnlyList<HistoryEntry> Entries, bool IsFull, bool HasMore);
