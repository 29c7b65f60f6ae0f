namespace VideoGen.Grains.Contracts;

/// <summary>
/// Entries, newest first. <paramref name="Next"/> is the place before which older ones follow; null when there are none.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-page")]
public sealed record GenerationPage(IReadOnlyList<PlacedGeneration> Entries, long? Next);

/// <summary>
/// What stands at a place of a history; no generation when it is unknown (its submit was cut off half-way, or it is being
/// deleted), or when it cannot be read.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.placed-generation")]
public sealed record PlacedGeneration(long Place, GenerationSnapshot? Generation);
