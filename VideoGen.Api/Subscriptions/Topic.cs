using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Subscriptions;

/// <summary>The topic of a subscription: one generation of an owner or, without an id, all of them.</summary>
internal readonly record struct Topic(string Owner, string? GenerationId = null)
{
    public static Topic Of(GenerationSnapshot generation) => new(generation.Request.Owner, generation.Id);
}
