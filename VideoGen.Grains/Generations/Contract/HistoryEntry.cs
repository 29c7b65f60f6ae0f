namespace VideoGen.Grains.Generations.Contract;

/// <summary>One entry of a history: <paramref name="Place"/> grows by one with every generation accepted for the owner.</summary>
[GenerateSerializer, Immutable, Alias("videogen.history-entry")]
public sealed record HistoryEntry(long Place, string GenerationId, DateTimeOffset AcceptedAt);
