namespace VideoGen.Grains.Contracts;

/// <summary>One line of a history: <paramref name="Place"/> grows by one with every accepted generation of the owner.</summary>
[GenerateSerializer, Immutable, Alias("videogen.history-entry")]
public sealed record HistoryEntry(long Place, string GenerationId, DateTimeOffset AcceptedAt);

/// <summary>Entries, newest first; <paramref name="HasMore"/> tells whether older ones follow.</summary>
[GenerateSerializer, Immutable, Alias("videogen.history-page")]
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, bool HasMore);
