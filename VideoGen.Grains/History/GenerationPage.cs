using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.History;

/// <summary>
/// Entries, newest first. <paramref name="Next"/> is the position before which older ones follow; null when there are none.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-page")]
public sealed record GenerationPage(IReadOnlyList<PlacedGeneration> Entries, long? Next);

/// <summary>
/// A history entry with its generation. The generation is null when it is unknown (its submit was cut off, or it is being
/// deleted) or cannot be read.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.placed-generation")]
public sealed record PlacedGeneration(long Place, GenerationSnapshot? Generation);
