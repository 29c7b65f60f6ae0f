using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using VideoGen.Api.Authentication;
using VideoGen.Api.Characters;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>
/// Reads and checks what a user writes about a storyboard, so that nothing is spent on one that cannot be rendered.
/// </summary>
internal sealed class StoryboardReader(
    IGrainFactory grains, UploadLibrary uploads, ShotReader shots, WebhookUrls webhookUrls)
{
    /// <summary>24 scripts of the greatest length, in any alphabet.</summary>
    public const int MaxBytes = 512 * 1024;

    /// <summary>
    /// Reads the fields that are there over those of <paramref name="basis"/>, which is null for a new storyboard. Use the result
    /// only if there is no error.
    /// </summary>
    public async Task<NewStoryboard?> ReadAsync(
        HttpContext context, JsonElement json, StoryboardSnapshot? basis, FieldErrors errors)
    {
        var title = json.Field("title") is { } given ? PlainText.Read(given, "title", StoryboardLimits.MaxTitle, errors)
            : basis is null ? Missing("title") : basis.Settings.Title;
        var character = await ReadCharacterAsync(context, json.Field("characterId"), basis?.Settings.Character, errors);
        var model = OptionalFields.ReadModel(json.Field("model"), errors);
        model = model is null ? Before("model")?.Model : (await ChosenModel.FindAsync(grains, model, errors))?.Id;
        var aspectRatio = OptionalFields.ReadAspectRatio(json.Field("aspectRatio"), errors)
            ?? Before("aspectRatio")?.AspectRatio;
        var quality = json.Field("quality");
        var side = quality is null && Before("quality") is { } sized ? sized.Side
            : int.Parse(GenerateVideoRequest.ReadQuality(quality, errors), CultureInfo.InvariantCulture);
        var isSilent = !OptionalFields.ReadSound(json.Field("sound"), errors) ?? Before("sound")?.IsSilent ?? false;
        var transition = ShotReader.ReadTransition(json.Field("transition"), errors)
            ?? Before("transition")?.Transition ?? ShotTransition.Cut;
        var requested = OptionalFields.ReadWebhookUrl(json.Field("webhookUrl"), errors);
        var webhookUrl = requested is null && Before("webhookUrl") is { } told
            ? told.WebhookUrl
            : webhookUrls.Of(context.Caller().Owner, requested, errors);
        var plans = json.Field("shots") is { } list ? await ReadShotsAsync(context, list, errors)
            : basis is not null ? [.. basis.Shots.Select(shot => shot.Plan)]
            : await ReadShotsAsync(context, default, errors);
        CheckStarts(plans, errors);
        if (errors.Any)
        {
            return null;
        }

        var keepsSize = basis?.Settings is { } before && before.AspectRatio == aspectRatio && before.Side == side
            && before.Character.Id == character!.Id;
        var frame = keepsSize
            ? basis!.Settings.Frame
            : await FrameAsync(character!, aspectRatio, side, errors, context.RequestAborted);
        return frame is null ? null : new NewStoryboard(
            context.Caller().Owner,
            new StoryboardSettings(
                title!, character!, model, aspectRatio, frame.Value.Width, frame.Value.Height, side, isSilent, transition,
                webhookUrl),
            plans);

        // Null in place of an optional field takes away what there is.
        StoryboardSettings? Before(string field) => json.IsNull(field) ? null : basis?.Settings;

        string? Missing(string field)
        {
            errors.Add(field, $"{field} is required.");
            return null;
        }
    }

    /// <summary>The size of the videos; null with an error where no video can have the shape of the front picture.</summary>
    public async Task<FrameSize?> FrameAsync(
        CharacterSnapshot character, string? aspectRatio, int side, FieldErrors errors, CancellationToken cancellationToken)
    {
        var shape = aspectRatio is null
            ? new FrameSize(1, 1)
            : await uploads.ShapeAsync(character.Front, aspectRatio, errors, cancellationToken, "characterId");
        return shape?.WithShortSide(side);
    }

    /// <summary>
    /// The first shot has none before it, and a long chain of last frames loses the character: each model adds its errors to
    /// those of the one before.
    /// </summary>
    public static void CheckStarts(ImmutableArray<ShotPlan> plans, FieldErrors errors)
    {
        var inARow = 0;
        for (var index = 0; index < plans.Length; index++)
        {
            inARow = plans[index].Start is ShotStart.Previous ? inARow + 1 : 0;
            if (index == 0 && inARow > 0)
            {
                errors.Add("shots[0].start", "Shot 1: start cannot be \"previous\", because there is no previous shot.");
            }
            else if (inARow > StoryboardLimits.MaxChain)
            {
                errors.Add($"shots[{index}].start",
                    $"Shot {index + 1}: at most {StoryboardLimits.MaxChain} shots in a row can start from the previous shot.");
            }
        }
    }

    private async Task<CharacterSnapshot?> ReadCharacterAsync(
        HttpContext context, JsonElement? value, CharacterSnapshot? basis, FieldErrors errors)
    {
        if (value is null && basis is not null)
        {
            return basis;
        }

        if (value?.AsText() is not { } id || await OwnCharacter.FindAsync(context, grains, id) is not { Found: var character })
        {
            errors.Add("characterId", "characterId must be the id of one of your characters.");
            return null;
        }

        if (await CharacterPictures.HoldAsync(uploads, character, context.RequestAborted) is { } gone)
        {
            errors.Add("characterId", gone);
            return null;
        }

        return character;
    }

    private async Task<ImmutableArray<ShotPlan>> ReadShotsAsync(HttpContext context, JsonElement value, FieldErrors errors)
    {
        if (value.ValueKind is not JsonValueKind.Array
            || value.GetArrayLength() is not (>= 1 and <= StoryboardLimits.MaxShots))
        {
            errors.Add("shots", $"shots must be a list of 1 to {StoryboardLimits.MaxShots} shots.");
            return [];
        }

        List<ShotPlan> plans = [];
        foreach (var shot in value.EnumerateArray())
        {
            plans.Add(await shots.ReadAsync(context, shot, null, plans.Count, errors));
        }

        return [.. plans];
    }
}
