using VideoGen.Api.Uploads;
using VideoGen.Grains.Characters;

namespace VideoGen.Api.Characters;

/// <summary>The pictures of a character, for what is about to refer to them.</summary>
internal static class CharacterPictures
{
    /// <summary>Keeps all of them; the sentence for the user if one is gone.</summary>
    public static async Task<string?> HoldAsync(
        UploadLibrary uploads, CharacterSnapshot character, CancellationToken cancellationToken)
    {
        foreach (var picture in character.Pictures)
        {
            if (!await uploads.HoldAsync(picture, cancellationToken))
            {
                return "A picture of this character (characterId) is no longer on the server. Upload other pictures for the "
                    + "character.";
            }
        }

        return null;
    }
}
