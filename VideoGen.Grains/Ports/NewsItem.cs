using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.Ports;

/// <summary>One generation that changed, as it is now; without <paramref name="Generation"/> it was deleted.</summary>
[GenerateSerializer, Immutable, Alias("videogen.news-item")]
public sealed record NewsItem(string Owner, string GenerationId, GenerationSnapshot? Generation)
{
    /// <summary>The notification of a change.</summary>
    public static NewsItem Of(GenerationSnapshot generation) => new(generation.Request.Owner, generation.Id, generation);
}
