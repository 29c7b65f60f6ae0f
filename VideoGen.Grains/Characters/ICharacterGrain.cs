using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Concurrency;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Characters;

/// <summary>Keeps one character of an owner; the key is its id, a lower-case version-7 UUID.</summary>
[GrainInterfaceType("videogen.character")]
public interface ICharacterGrain : IGrainWithStringKey
{
    /// <summary>Durably creates the character before it responds. Repeating the call returns the same character.</summary>
    [Alias("create"), Repeatable]
    Task<CharacterSnapshot> CreateAsync(NewCharacter character);

    /// <summary>The newest version; null when the id is unknown.</summary>
    [Alias("get"), AlwaysInterleave, Repeatable, ResponseTimeout("00:00:02.5")]
    Task<CharacterSnapshot?> GetAsync();

    /// <summary>
    /// Makes a new version if the change differs from what is stored; null when the id is unknown. Generations keep the version
    /// that they were requested with.
    /// </summary>
    [Alias("change"), Repeatable]
    Task<CharacterSnapshot?> ChangeAsync(CharacterChange change);

    /// <summary>
    /// Notes that a storyboard needs the character; repeating the call has no further effect. Null when the id is unknown.
    /// </summary>
    [Alias("cast"), Repeatable]
    Task<CastOutcome?> CastAsync(string storyboardId);

    /// <summary>The storyboard is deleted.</summary>
    [Alias("uncast"), Repeatable]
    Task UncastAsync(string storyboardId);

    /// <summary>
    /// Deletes the character, unless storyboards need it and <paramref name="force"/> is not set. Its generations and storyboards
    /// stay as they are, and its pictures are collected when nothing needs them.
    /// </summary>
    [Alias("delete")]
    Task<CharacterDeletion> DeleteAsync(bool force);
}

/// <summary>
/// What a user says about a character: a name of 1–100 characters, a description of at most 1,000, and the names of 1–9 stored
/// uploads, of which the first shows the character from the front.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.new-character")]
public sealed record NewCharacter(string Owner, string Name, string Description, ImmutableArray<string> Pictures);

/// <summary>What is to be different in the next version; null keeps what there is.</summary>
[GenerateSerializer, Immutable, Alias("videogen.character-change")]
public sealed record CharacterChange(
    string? Name = null, string? Description = null, ImmutableArray<string>? Pictures = null);

/// <summary>One version of a character, counted from 1.</summary>
[GenerateSerializer, Immutable, Alias("videogen.character-snapshot")]
public sealed record CharacterSnapshot(
    string Id, string Owner, int Version, string Name, string Description, ImmutableArray<string> Pictures,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>The picture that videos start from.</summary>
    [JsonIgnore]
    public string Front => Pictures[0];

    /// <summary>The character in a video that starts from <paramref name="picture"/>.</summary>
    public CastCharacter InVideoFrom(string picture) => new(Id, Version, Description, Pictures.Remove(picture));
}

/// <summary>The possible outcomes of needing a character for a storyboard.</summary>
[GenerateSerializer, Alias("videogen.cast-outcome")]
public enum CastOutcome
{
    /// <summary>The character is kept for the storyboard.</summary>
    Cast = 0,

    /// <summary>Too many storyboards need it already; see <see cref="CharacterLimits.MaxStoryboards"/>.</summary>
    TooMany = 1,
}

/// <summary>The possible outcomes of deleting a character.</summary>
[GenerateSerializer, Alias("videogen.character-deletion")]
public enum CharacterDeletion
{
    /// <summary>The character is gone.</summary>
    Deleted = 0,

    /// <summary>There is no character with this id.</summary>
    Unknown = 1,

    /// <summary>Storyboards need it.</summary>
    InUse = 2,
}

/// <summary>How much a character may have.</summary>
public static class CharacterLimits
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 100;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescription = 1000;

    /// <summary>The largest number of pictures, the front included.</summary>
    public const int MaxPictures = 9;

    /// <summary>The largest number of storyboards that use one character.</summary>
    public const int MaxStoryboards = 1000;
}
