using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace VideoGen.Grains.Characters;

/// <summary>What is stored of a character: its newest version, and which storyboards need it.</summary>
[GenerateSerializer, Immutable, Alias("videogen.character-state")]
internal sealed record CharacterState
{
    [Id(0)] public CharacterSnapshot? Current { get; init; }

    [Id(1)] public ImmutableHashSet<string> Storyboards { get; init; } = [];

    [JsonIgnore] public bool IsFull => Storyboards.Count >= CharacterLimits.MaxStoryboards;

    public static CharacterState Create(string id, NewCharacter character, DateTimeOffset now) => new()
    {
        Current = new CharacterSnapshot(
            id, character.Owner, 1, character.Name, character.Description, character.Pictures, now, now),
    };

    /// <summary>The next version; unchanged when nothing would differ.</summary>
    public CharacterState Change(CharacterChange change, DateTimeOffset now)
    {
        var before = Current!;
        var (name, description, pictures) = (
            change.Name ?? before.Name, change.Description ?? before.Description, change.Pictures ?? before.Pictures);
        return name == before.Name && description == before.Description && pictures.SequenceEqual(before.Pictures)
            ? this
            : this with
            {
                Current = before with
                {
                    Version = before.Version + 1,
                    Name = name,
                    Description = description,
                    Pictures = pictures,
                    UpdatedAt = now > before.UpdatedAt ? now : before.UpdatedAt,
                },
            };
    }
}
