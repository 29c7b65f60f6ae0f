using Orleans.Concurrency;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.History;

/// <summary>
/// Reads a page of a history with its generations in one call. It is stateless: every silo has its own activation, its answer is
/// as fresh as asking each generation, and the key has no meaning.
/// </summary>
[GrainInterfaceType("videogen.generation-page")]
public interface IGenerationPageGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "any";

    /// <summary>
    /// Up to <paramref name="limit"/> (1–100) entries of an owner's history, newest first, from below position <paramref
    /// name="before"/> if it is given.
    /// </summary>
    [Alias("read"), AlwaysInterleave, Repeatable, ResponseTimeout("00:00:02.5")]
    Task<GenerationPage> ReadAsync(string owner, long? before, int limit);
}

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
