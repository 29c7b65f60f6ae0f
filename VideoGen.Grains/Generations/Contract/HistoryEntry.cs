namespace VideoGen.Grains.Generations.Contract;

/// <summary>One line of a history: <paramref name="Place"/> grows by one with every generation the owner gets accepted.</summary>
[GenerateSerializer, Immutable, Alias("videogen.history-entry")]
public sealed record HistoryEntry(long Place, string GenerationId, DateTimeOffset AcceptedAt);
