using VideoGen.Api.Authentication;
using VideoGen.Api.Characters;
using VideoGen.Api.Http;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Generations;

/// <summary>The picture that a request starts from: an upload, or the front picture of a character.</summary>
internal sealed record RequestPicture(string Image, CastCharacter? Character)
{
    /// <summary>Checks the picture and keeps it for the generation that is about to refer to it; null with an error.</summary>
    public static async Task<RequestPicture?> FindAsync(
        HttpContext context, IGrainFactory grains, UploadLibrary uploads, GenerateVideoRequest request, FieldErrors errors) =>
        request.CharacterId is { } id
            ? await OfCharacterAsync(context, grains, uploads, id, errors)
            : await OfUploadAsync(context, uploads, request.CharacterImageUrl, errors);

    private static async Task<RequestPicture?> OfCharacterAsync(
        HttpContext context, IGrainFactory grains, UploadLibrary uploads, string id, FieldErrors errors)
    {
        if (await OwnCharacter.FindAsync(context, grains, id) is not { Found: var character })
        {
            errors.Add("characterId", "characterId must be the id of one of your characters.");
            return null;
        }

        if (await CharacterPictures.HoldAsync(uploads, character, context.RequestAborted) is { } gone)
        {
            errors.Add("characterId", gone);
            return null;
        }

        return new(character.Front, character.InVideoFrom(character.Front));
    }

    private static async Task<RequestPicture?> OfUploadAsync(
        HttpContext context, UploadLibrary uploads, string url, FieldErrors errors)
    {
        var image = CharacterImageUrl.NameIn(url, context.Request.Host);
        if (image is not null && MediaOwner.Owns(context.Caller().Owner, image)
            && await uploads.HoldAsync(image, context.RequestAborted))
        {
            return new(image, null);
        }

        errors.Add("characterImageUrl", "characterImageUrl must be the imageUrl of a picture that you uploaded to this "
            + "server.");
        return null;
    }
}
