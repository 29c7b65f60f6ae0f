using VideoGen.Api.Authentication;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>
/// A generation of the caller, as it was when the request came, and the way to it. Every endpoint comes to a generation through
/// here: what is another owner's is not found, before anything is asked of it but how it stands.
/// </summary>
internal sealed record OwnGeneration(IGenerationGrain Grain, GenerationSnapshot Found)
{
    /// <summary>Null for what is unknown, is no id at all, or is not the caller's: nobody can tell these apart.</summary>
    public static async Task<OwnGeneration?> FindAsync(HttpContext context, IGrainFactory grains, string id)
    {
        if (!Guid.TryParseExact(id, "D", out var uuid))
        {
            return null;
        }

        var grain = grains.GetGrain<IGenerationGrain>(uuid.ToString());
        return await grain.GetAsync() is { } generation && generation.Request.Owner == context.Caller().Owner
            ? new(grain, generation)
            : null;
    }
}
