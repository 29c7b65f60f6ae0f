using Orleans.Concurrency;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.History;

/// <summary>
/// Reads a page of a history with its generations in one call. It keeps nothing: every silo answers for itself, and what it answers
/// is as fresh as asking each generation; the key means nothing.
/// </summary>
[GrainInterfaceType("videogen.generation-page")]
public interface IGenerationPageGrain : IGrainWithStringKey
{
    /// <summary>The one key that is used.</summary>
    const string Key = "any";

    /// <summary>
    /// Up to <paramref name="limit"/> (1–100) entries of an owner's history, newest first, from below place <paramref name="before"/>
    /// when it is given.
    /// </summary>
    [Alias("read"), AlwaysInterleave, Repeatable, ResponseTimeout("00:00:02.5")]
    Task<GenerationPage> ReadAsync(string owner, long? before, int limit);
}

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
