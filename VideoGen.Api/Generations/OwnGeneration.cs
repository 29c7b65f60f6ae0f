using VideoGen.Api.Authentication;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>
/// A generation of the caller, as found at the start of the request. Every endpoint reaches a generation through this type, so
/// that generations of other owners are not found.
/// </summary>
internal sealed record OwnGeneration(IGenerationGrain Grain, GenerationSnapshot Found)
{
    /// <summary>
    /// Returns null if the id is invalid, unknown or belongs to another owner. A caller cannot tell these cases apart.
    /// </summary>
    public static async Task<OwnGeneration?> FindAsync(HttpContext context, IGrainFactory grains, string id)
    {
        if (!Guid.TryParseExact(id, "D", out var uuid))
        {
            return null;
        }

        var grain = grains.Grain<IGenerationGrain>(uuid.ToString());
        return await grain.GetAsync() is { } generation && generation.Request.Owner == context.Caller().Owner
            ? new(grain, generation)
            : null;
    }
}
