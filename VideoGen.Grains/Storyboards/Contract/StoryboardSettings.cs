using System.Text.Json.Serialization;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Storyboards.Contract;

/// <summary>
/// What holds for all shots of a storyboard. <paramref name="Title"/> has 1–200 characters. <paramref name="Character"/> is the
/// version at the first render. <paramref name="Model"/> is null for the default. <paramref name="AspectRatio"/> is the shape by
/// name, <paramref name="Width"/> and <paramref name="Height"/> what it means in pixels, and <paramref name="Side"/> the short
/// side. <paramref name="Transition"/> is for shots that have none of their own.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.storyboard-settings")]
public sealed record StoryboardSettings(
    string Title, CharacterSnapshot Character, string? Model, string? AspectRatio, int Width, int Height, int Side, bool IsSilent,
    ShotTransition Transition, string? WebhookUrl)
{
    /// <summary>The size of every shot and of the joined video.</summary>
    [JsonIgnore]
    public FrameSize Frame => new(Width, Height);
}

/// <summary>
/// One shot: a script of 1–2,000 characters, a length of 3–10 s, and what it starts from. <paramref name="Picture"/> is the
/// name of an upload where it starts from a picture of its own. <paramref name="Model"/> and <paramref name="Transition"/> are
/// null for those of the storyboard; the transition is the one from the previous shot into this one.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.shot-plan")]
public sealed record ShotPlan(
    string Script, int DurationSeconds, ShotStart Start, string? Picture = null, string? Model = null,
    ShotTransition? Transition = null);

/// <summary>What the video of a shot starts from.</summary>
[GenerateSerializer, Alias("videogen.shot-start")]
public enum ShotStart
{
    /// <summary>The front picture of the character.</summary>
    Character = 0,

    /// <summary>A picture of the shot's own.</summary>
    Picture = 1,

    /// <summary>The last frame of the previous shot.</summary>
    Previous = 2,
}

/// <summary>A hard cut, or a cross-fade of 0.25–1 s; <paramref name="Seconds"/> is 0 for a cut.</summary>
[GenerateSerializer, Immutable, Alias("videogen.shot-transition")]
public sealed record ShotTransition(double Seconds = 0)
{
    /// <summary>A hard cut.</summary>
    public static ShotTransition Cut { get; } = new();

    /// <summary>The length in frames.</summary>
    [JsonIgnore]
    public int Frames => (int)Math.Round(Seconds * Video.VideoShape.FrameRate, MidpointRounding.AwayFromZero);
}

/// <summary>How much a storyboard may have.</summary>
public static class StoryboardLimits
{
    /// <summary>The longest title, in characters.</summary>
    public const int MaxTitle = 200;

    /// <summary>The largest number of shots.</summary>
    public const int MaxShots = 24;

    /// <summary>The largest number of shots in a row that start from the last frame of the previous shot.</summary>
    public const int MaxChain = 3;

    /// <summary>The shortest cross-fade in seconds.</summary>
    public const double MinFade = 0.25;

    /// <summary>The longest cross-fade in seconds.</summary>
    public const double MaxFade = 1;
}
