using System.Collections.Immutable;

namespace VideoGen.Grains.Backends;

/// <summary>
/// What a model takes besides the picture. <paramref name="HasProfile"/>: its parameters are known; without a profile it gets
/// only the picture and the script. <paramref name="Seconds"/> are the lengths that it renders itself, and <paramref
/// name="Shapes"/> its shapes by name; both are empty where it has no list. A video of another length or shape is made from
/// the nearest. <paramref name="Sound"/>: it has a switch for its sound. <paramref name="References"/> is how many further
/// pictures of a character it takes.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.model-traits")]
public sealed record ModelTraits(
    bool HasProfile, bool Script, bool Seed, bool NegativePrompt, bool Motion, bool Sound, ImmutableArray<int> Seconds,
    ImmutableArray<string> Shapes, int References = 0)
{
    /// <summary>A model without a profile.</summary>
    public static ModelTraits Unprofiled { get; } = new(false, true, false, false, false, false, [], []);
}

/// <summary>
/// What a backend says about one of its models: what it takes (null while that cannot be known), and why it cannot be used now, a
/// sentence for the operator without secrets.
/// </summary>
public sealed record ModelReport(ModelTraits? Traits, string? Problem = null);

/// <summary>
/// A model as users see it. <paramref name="Problem"/> says why it is not available at the moment: its upstream is paused, or
/// something is wrong with its configuration.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.offered-model")]
public sealed record OfferedModel(
    string Id, string Title, string? Name, string Upstream, bool IsDefault, bool IsPreview, ImmutableArray<string> Fallback,
    ModelTraits? Traits, string? Problem);
