namespace VideoGen.Grains.Contracts;

/// <summary>
/// What a user asked for. <paramref name="CharacterImage"/> is the name of a stored upload, <paramref name="Script"/> has 1–2,000
/// characters, <paramref name="DurationSeconds"/> is 3–10, <paramref name="Side"/> is the width and height of the square film in
/// pixels: 512, 768 or 1024.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-request")]
public sealed record GenerationRequest(string Owner, string CharacterImage, string Script, int DurationSeconds, int Side);
