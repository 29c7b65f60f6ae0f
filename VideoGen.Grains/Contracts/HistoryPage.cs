namespace VideoGen.Grains.Contracts;

/// <summary>
/// Entries, newest first. <paramref name="Next"/> is the place before which older ones follow; null when there are none.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.history-page")]
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, long? Next);
