namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// What a user requested. <paramref name="CharacterImage"/> is the name of a stored upload, <paramref name="Script"/> has 1–2,000
/// characters, <paramref name="DurationSeconds"/> is 3–10, <paramref name="Side"/> is the width and height of the square video in
/// pixels: 512, 768 or 1024. The optional fields after it are passed to the backends that support them; <paramref
/// name="RegeneratedFrom"/> is the id of the generation whose input this one repeats; <paramref name="WebhookUrl"/> is called
/// when the generation has ended.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-request")]
public sealed record GenerationRequest(
    string Owner, string CharacterImage, string Script, int DurationSeconds, int Side,
    uint? Seed = null, string? NegativePrompt = null, Motion? Motion = null, string? RegeneratedFrom = null,
    string? WebhookUrl = null);

/// <summary>How much the video moves.</summary>
[GenerateSerializer, Alias("videogen.motion")]
public enum Motion
{
    /// <summary>A calm video.</summary>
    Low = 0,

    /// <summary>The backend's default.</summary>
    Medium = 1,

    /// <summary>A lively video.</summary>
    High = 2,
}
