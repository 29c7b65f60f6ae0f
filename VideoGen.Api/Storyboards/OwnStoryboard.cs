using VideoGen.Api.Authentication;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>
/// A storyboard of the caller, as found at the start of the request. Every endpoint reaches a storyboard through this type, so
/// that storyboards of other owners are not found.
/// </summary>
internal sealed record OwnStoryboard(IStoryboardGrain Grain, StoryboardSnapshot Found)
{
    /// <summary>
    /// Returns null if the id is invalid, unknown or belongs to another owner. A caller cannot tell these cases apart.
    /// </summary>
    public static async Task<OwnStoryboard?> FindAsync(HttpContext context, IGrainFactory grains, string id)
    {
        if (!Guid.TryParseExact(id, "D", out var uuid))
        {
            return null;
        }

        var grain = grains.Grain<IStoryboardGrain>(uuid.ToString());
        return await grain.GetAsync() is { } storyboard && storyboard.Owner == context.Caller().Owner
            ? new(grain, storyboard)
            : null;
    }
}
