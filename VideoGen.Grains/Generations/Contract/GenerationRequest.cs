namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// What a user asked for. <paramref name="CharacterImage"/> is the name of a stored upload, <paramref name="Script"/> has 1–2,000
/// characters, <paramref name="DurationSeconds"/> is 3–10, <paramref name="Side"/> is the width and height of the square film in
/// pixels: 512, 768 or 1024. The wishes behind it reach the backends that have a use for them; <paramref name="RegeneratedFrom"/>
/// is the id of the generation whose input this one repeats; <paramref name="WebhookUrl"/> is told when it has ended.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-request")]
public sealed record GenerationRequest(
    string Owner, string CharacterImage, string Script, int DurationSeconds, int Side,
    uint? Seed = null, string? NegativePrompt = null, Motion? Motion = null, string? RegeneratedFrom = null,
    string? WebhookUrl = null);

/// <summary>How much is to move in the film.</summary>
[GenerateSerializer, Alias("videogen.motion")]
public enum Motion
{
    /// <summary>A calm film.</summary>
    Low = 0,

    /// <summary>What the backend does by itself.</summary>
    Medium = 1,

    /// <summary>A lively film.</summary>
    High = 2,
}
