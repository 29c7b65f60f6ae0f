using Orleans.Concurrency;
using VideoGen.Grains.Calls;
using VideoGen.Grains.History;

namespace VideoGen.Grains.Contracts;

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
