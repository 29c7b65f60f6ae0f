using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Characters;

/// <summary>The body of <c>POST /characters</c>. Unknown fields are ignored.</summary>
internal sealed record CharacterRequest(
    [property: Required, StringLength(CharacterLimits.MaxName, MinimumLength = 1)]
    [property: Description("The name of the character.")]
    string Name,
    [property: Required, MinLength(1), MaxLength(CharacterLimits.MaxPictures)]
    [property: Description("The imageUrls that POST /upload-character returned. The first shows the character from the front.")]
    IReadOnlyList<string> Pictures,
    [property: StringLength(CharacterLimits.MaxDescription), DefaultValue("")]
    [property: Description("What the character looks like. It is added before each script.")]
    string Description = "");

/// <summary>The body of <c>PATCH /characters/{id}</c>: what is to be different.</summary>
internal sealed record CharacterPatch(
    [property: StringLength(CharacterLimits.MaxName, MinimumLength = 1)] string? Name = null,
    [property: MinLength(1), MaxLength(CharacterLimits.MaxPictures)] IReadOnlyList<string>? Pictures = null,
    [property: StringLength(CharacterLimits.MaxDescription)] string? Description = null);

/// <summary>Reads and checks what a user says about a character.</summary>
internal sealed class CharacterReader(UploadLibrary uploads)
{
    /// <summary>Reads the fields that are there; the errors say what is wrong with them.</summary>
    public async Task<CharacterChange> ReadAsync(HttpContext context, JsonElement json, FieldErrors errors)
    {
        var (name, description) = (json.Field("name"), json.Field("description"));
        return new CharacterChange(
            name is { } given ? PlainText.Read(given, "name", CharacterLimits.MaxName, errors) : null,
            description is { } text ? ReadDescription(text, errors) : null,
            json.Field("pictures") is { } pictures ? [.. await ReadPicturesAsync(context, pictures, errors)] : null);
    }

    private static string? ReadDescription(JsonElement value, FieldErrors errors)
    {
        var text = value.AsText();
        if (text is null || PlainText.LengthOf(text) > CharacterLimits.MaxDescription)
        {
            errors.Add("description", "description must be a string of at most 1,000 characters.");
        }

        return text;
    }

    private async Task<IReadOnlyList<string>> ReadPicturesAsync(HttpContext context, JsonElement value, FieldErrors errors)
    {
        if (value.ValueKind is not JsonValueKind.Array
            || value.GetArrayLength() is not (>= 1 and <= CharacterLimits.MaxPictures))
        {
            errors.Add("pictures", "pictures must be a list of 1 to 9 imageUrls of pictures that you uploaded to this server.");
            return [];
        }

        List<string> names = [];
        foreach (var picture in value.EnumerateArray())
        {
            var name = CharacterImageUrl.NameIn(picture.AsText() ?? "", context.Request.Host);
            if (name is null || names.Contains(name) || !MediaOwner.Owns(context.Caller().Owner, name)
                || !await uploads.HoldAsync(name, context.RequestAborted))
            {
                errors.Add($"pictures[{names.Count}]",
                    $"pictures[{names.Count}] must be the imageUrl of a picture that you uploaded to this server, and each one can "
                    + "be used once.");
                return [];
            }

            names.Add(name);
        }

        return names;
    }
}
