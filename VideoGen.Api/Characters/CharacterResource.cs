using System.Text.Json.Serialization;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Characters;

namespace VideoGen.Api.Characters;

/// <summary>The newest version of a character, counted from 1. The first picture shows it from the front.</summary>
internal sealed record CharacterResource(
    string Id, string Name, string Description, IReadOnlyList<string> Pictures, int Version,
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset CreatedAt,
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset UpdatedAt) : IAuditedResource
{
    public static CharacterResource From(CharacterSnapshot character, MediaLinks links) => new(
        character.Id, character.Name, character.Description,
        [.. character.Pictures.Select(picture => links.To(CharacterImageUrl.Of(picture)))], character.Version,
        character.CreatedAt, character.UpdatedAt);
}
