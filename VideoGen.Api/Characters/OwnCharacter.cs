using VideoGen.Api.Authentication;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Characters;

namespace VideoGen.Api.Characters;

/// <summary>
/// A character of the caller, as found at the start of the request. Every endpoint reaches a character through this type, so that
/// characters of other owners are not found.
/// </summary>
internal sealed record OwnCharacter(ICharacterGrain Grain, CharacterSnapshot Found)
{
    /// <summary>
    /// Returns null if the id is invalid, unknown or belongs to another owner. A caller cannot tell these cases apart.
    /// </summary>
    public static async Task<OwnCharacter?> FindAsync(HttpContext context, IGrainFactory grains, string id)
    {
        if (!Guid.TryParseExact(id, "D", out var uuid))
        {
            return null;
        }

        var grain = grains.Grain<ICharacterGrain>(uuid.ToString());
        return await grain.GetAsync() is { } character && character.Owner == context.Caller().Owner
            ? new(grain, character)
            : null;
    }
}
