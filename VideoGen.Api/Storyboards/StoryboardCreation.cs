using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Api.Characters;
using VideoGen.Api.Http;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>Creates storyboards and starts them, in every dialect of this API.</summary>
internal sealed class StoryboardCreation(
    IGrainFactory grains, StoryboardReader reader, UploadLibrary uploads, IStorageHeadroom headroom)
{
    /// <summary>
    /// The new draft, or what it has become if it was created with the same key before; or what is wrong with the request.
    /// </summary>
    public async Task<(StoryboardSnapshot? Storyboard, ProblemHttpResult? Problem)> CreateAsync(
        HttpContext context, JsonElement json, string? key, FieldErrors errors)
    {
        if (await reader.ReadAsync(context, json, null, errors) is not { } wanted || errors.Any)
        {
            return (null, Problem.Invalid(errors));
        }

        var (created, problem) = await KeyedCreation.RunAsync<StoryboardSnapshot>(
            context, grains, key, ContentOf(wanted),
            id => CreateAsync(id, wanted),
            id => grains.Grain<IStoryboardGrain>(id).GetAsync());
        return created is null && problem is null ? (null, StoryboardProblem.NotFound()) : (created, problem);
    }

    /// <summary>
    /// The character learns of the storyboard last: a crash in between leaves one that a deletion of the character does not wait
    /// for, and not a character that waits for a storyboard that does not exist.
    /// </summary>
    private async Task<(StoryboardSnapshot? Storyboard, ProblemHttpResult? Problem)> CreateAsync(string id, NewStoryboard wanted)
    {
        var grain = grains.Grain<IStoryboardGrain>(id);
        var created = await grain.CreateAsync(wanted);
        if (await CastAsync(grains, wanted.Settings.Character.Id, id) is not { } refused)
        {
            return (created, null);
        }

        await grain.DeleteAsync(force: true);
        return (null, refused);
    }

    /// <summary>What the request means: not which version of the character there is when it is repeated.</summary>
    private static string ContentOf(NewStoryboard wanted)
    {
        var (settings, character) = (wanted.Settings, wanted.Settings.Character);
        var constant = character with { Version = 0, Name = "", Description = "", Pictures = [""], UpdatedAt = default };
        return $"storyboard {settings with { Character = constant }} {string.Join(' ', wanted.Shots)}";
    }

    /// <summary>Starts a draft with the newest version of its character.</summary>
    public async Task<(StoryboardReply? Reply, ProblemHttpResult? Problem)> StartAsync(
        HttpContext context, OwnStoryboard own, UsedKey? key)
    {
        if (own.Found.Status is not StoryboardStatus.Draft)
        {
            return (await own.Grain.RenderAsync(null, key), null);
        }

        if (!headroom.HasRoom)
        {
            return (null, Problem.StorageFull());
        }

        var settings = own.Found.Settings;
        var newest = (await OwnCharacter.FindAsync(context, grains, settings.Character.Id))?.Found ?? settings.Character;
        if (await CharacterPictures.HoldAsync(uploads, newest, context.RequestAborted) is { } gone)
        {
            return (null, Problem.Invalid(FieldErrors.Of("characterId", gone)));
        }

        var errors = new FieldErrors();
        var frame = await reader.FrameAsync(newest, settings.AspectRatio, settings.Side, errors, context.RequestAborted);
        return frame is null
            ? (null, Problem.Invalid(errors))
            : (await own.Grain.RenderAsync(new CastForRender(newest, frame.Value), key), null);
    }

    /// <summary>Keeps the character for a storyboard; the problem if that is not possible.</summary>
    public static async Task<ProblemHttpResult?> CastAsync(IGrainFactory grains, string characterId, string storyboardId) =>
        await grains.Grain<ICharacterGrain>(characterId).CastAsync(storyboardId) switch
        {
            CastOutcome.Cast => null,
            CastOutcome.TooMany => StoryboardProblem.TooManyStoryboards(),
            _ => Problem.Invalid(FieldErrors.Of("characterId", "characterId must be the id of one of your characters.")),
        };
}
