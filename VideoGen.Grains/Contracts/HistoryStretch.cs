namespace VideoGen.Grains.Contracts;

/// <summary>
/// The entries of 256 consecutive places of a history, oldest first. <paramref name="IsFull"/> when no append can add to them;
/// without <paramref name="HasMore"/> nothing follows.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.history-stretch")]
public sealed record HistoryStretch(IReadOnlyList<HistoryEntry> Entries, bool IsFull, bool HasMore);
