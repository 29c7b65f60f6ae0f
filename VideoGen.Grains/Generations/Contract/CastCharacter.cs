using System.Collections.Immutable;

namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// The character of a video, as it was when the video was requested: later versions do not change it. <paramref
/// name="Description"/> is put in front of the script and may be empty. <paramref name="References"/> are the names of its
/// pictures besides the one that the video starts from, for models that take several.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.cast-character")]
public sealed record CastCharacter(string Id, int Version, string Description, ImmutableArray<string> References);

/// <summary>The shot of a storyboard that a video is made for; shots have ids because their numbers change.</summary>
[GenerateSerializer, Immutable, Alias("videogen.shot-origin")]
public sealed record ShotOrigin(string StoryboardId, string ShotId);
