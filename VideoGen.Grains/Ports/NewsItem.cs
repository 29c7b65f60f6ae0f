using System.Collections.Immutable;
using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.Ports;

/// <summary>One generation that changed, as it is now; without <paramref name="Generation"/> it was deleted.</summary>
[GenerateSerializer, Immutable, Alias("videogen.news-item")]
public sealed record NewsItem(string Owner, string GenerationId, GenerationSnapshot? Generation)
{
    /// <summary>The news of a change.</summary>
    public static NewsItem Of(GenerationSnapshot generation) => new(generation.Request.Owner, generation.Id, generation);
}

/// <summary>
/// What is watched at one API process: generations, and owners with all of theirs. A complete one replaces what the process said
/// before, any other adds to it; both hold for a few seconds only, unless they are said again.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.news-interest")]
public sealed record NewsInterest(
    string Node, bool IsComplete, ImmutableArray<string> Owners, ImmutableArray<string> GenerationIds);
