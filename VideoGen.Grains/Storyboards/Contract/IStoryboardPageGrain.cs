using System.Collections.Immutable;
using Orleans.Concurrency;
using VideoGen.Grains.Calls;

namespace VideoGen.Grains.Storyboards.Contract;

/// <summary>
/// Reads a page of an owner's storyboards in one call. It is stateless: every silo has its own activation, and the key has no
/// meaning.
/// </summary>
[GrainInterfaceType("videogen.storyboard-page")]
public interface IStoryboardPageGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "any";

    /// <summary>
    /// Up to <paramref name="limit"/> (1–100) storyboards of an owner, newest first, from below position <paramref name="before"/>
    /// if it is given.
    /// </summary>
    [Alias("read"), AlwaysInterleave, Repeatable, ResponseTimeout("00:00:02.5")]
    Task<StoryboardPage> ReadAsync(string owner, long? before, int limit);
}

/// <summary>
/// Storyboards, newest first; those that cannot be read are left out. <paramref name="Next"/> is the position before which older
/// ones follow; null when there are none.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.storyboard-page")]
public sealed record StoryboardPage(ImmutableArray<StoryboardSnapshot> Storyboards, long? Next);
