using Orleans.Concurrency;

namespace VideoGen.Grains.Contracts;

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
