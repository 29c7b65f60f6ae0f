using System.Collections.Immutable;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Storyboards;

/// <summary>Characters and storyboards that tests need again and again.</summary>
internal static class Drafts
{
    public static async Task<CharacterSnapshot> CharacterAsync(
        this IGrainFactory grains, string owner, params ImmutableArray<string> pictures) =>
        await grains.GetGrain<ICharacterGrain>(Orders.NewId()).CreateAsync(new(owner, "Ada", "A red fox.", pictures));

    public static async Task<IStoryboardGrain> StoryboardAsync(
        this IGrainFactory grains, CharacterSnapshot character, params ImmutableArray<ShotPlan> shots)
    {
        var storyboard = grains.GetGrain<IStoryboardGrain>(Orders.NewId());
        await storyboard.CreateAsync(new NewStoryboard(
            character.Owner, new("A day", character, null, null, 512, 512, 512, false, ShotTransition.Cut, null), shots));
        return storyboard;
    }

    public static ShotPlan Shot(string? picture = null) => new(
        "It waves.", 3, picture is null ? ShotStart.Character : ShotStart.Picture, picture);
}
