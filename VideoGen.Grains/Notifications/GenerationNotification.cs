using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Notifications;

/// <summary>The current state of a changed generation; without <paramref name="Generation"/> it was deleted.</summary>
[GenerateSerializer, Immutable, Alias("videogen.news-item")]
public sealed record GenerationNotification(string Owner, string GenerationId, GenerationSnapshot? Generation)
{
    /// <summary>The notification of a change.</summary>
    public static GenerationNotification Of(GenerationSnapshot generation) =>
        new(generation.Request.Owner, generation.Id, generation);
}
