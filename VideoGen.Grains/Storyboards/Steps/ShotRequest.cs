using System.Globalization;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.State;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>The request of the generation for a shot.</summary>
internal static class ShotRequest
{
    public static GenerationRequest Of(string storyboardId, Storyboard storyboard, Take take)
    {
        var (settings, plan, picture) = (storyboard.Settings!, take.Plan, take.StartPicture!);
        return new GenerationRequest(
            storyboard.Owner, picture, plan.Script, plan.DurationSeconds, settings.Side,
            Seed: take.Replaces is null ? null : SeedOf(take.GenerationId), RegeneratedFrom: take.Replaces,
            AspectRatio: settings.AspectRatio, Width: settings.Width, Height: settings.Height, IsSilent: settings.IsSilent,
            Model: plan.Model ?? settings.Model, Character: settings.Character.InVideoFrom(picture),
            Shot: new ShotOrigin(storyboardId, storyboard.Shots[storyboard.IndexOf(take.GenerationId)].Id));
    }

    /// <summary>Another one for each try, and the same one when the submit is repeated: the id ends in random bits.</summary>
    private static uint SeedOf(string generationId) =>
        uint.Parse(generationId.AsSpan(generationId.Length - 8), NumberStyles.HexNumber,
            CultureInfo.InvariantCulture);
}
