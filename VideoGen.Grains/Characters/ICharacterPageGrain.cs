using System.Collections.Immutable;
using Orleans.Concurrency;
using VideoGen.Grains.Calls;

namespace VideoGen.Grains.Characters;

/// <summary>
/// Reads a page of an owner's characters in one call. It is stateless: every silo has its own activation, and the key has no
/// meaning.
/// </summary>
[GrainInterfaceType("videogen.character-page")]
public interface ICharacterPageGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "any";

    /// <summary>
    /// Up to <paramref name="limit"/> (1–100) characters of an owner, newest first, from below position <paramref name="before"/>
    /// if it is given.
    /// </summary>
    [Alias("read"), AlwaysInterleave, Repeatable, ResponseTimeout("00:00:02.5")]
    Task<CharacterPage> ReadAsync(string owner, long? before, int limit);
}

/// <summary>
/// Characters, newest first; those that cannot be read are left out. <paramref name="Next"/> is the position before which older
/// ones follow; null when there are none.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.character-page")]
public sealed record CharacterPage(ImmutableArray<CharacterSnapshot> Characters, long? Next);
