using System.Text.Json.Serialization;

namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// What a user requested. <paramref name="CharacterImage"/> is the name of a stored upload, <paramref name="Script"/> has 1–2,000
/// characters, <paramref name="DurationSeconds"/> is 3–10, <paramref name="Side"/> is the short side of the video in pixels: 512,
/// 768 or 1024. The optional fields after it are passed to the backends that support them; <paramref name="RegeneratedFrom"/> is
/// the id of the generation whose input this one repeats; <paramref name="WebhookUrl"/> is called when the generation has ended.
/// <paramref name="AspectRatio"/> is the shape by name, and <paramref name="Width"/> and <paramref name="Height"/> are what it
/// means in pixels; without them the video is square, and cropped in its middle. <paramref name="IsSilent"/> asks for a video
/// without sound. <paramref name="Model"/> is the id of the model that the user chose, null for the default; <paramref
/// name="WebhookForm"/> is that of the API through which it was ordered. <paramref name="Character"/> is the character that it is
/// made with, and <paramref name="Shot"/> the shot of a storyboard that it is made for.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-request")]
public sealed record GenerationRequest(
    string Owner, string CharacterImage, string Script, int DurationSeconds, int Side,
    uint? Seed = null, string? NegativePrompt = null, Motion? Motion = null, string? RegeneratedFrom = null,
    string? WebhookUrl = null, string? AspectRatio = null, int? Width = null, int? Height = null, Fit Fit = Fit.Cover,
    bool IsSilent = false, string? Model = null, WebhookForm WebhookForm = WebhookForm.Native,
    CastCharacter? Character = null, ShotOrigin? Shot = null)
{
    /// <summary>The size of the video in pixels.</summary>
    [JsonIgnore]
    public FrameSize Frame => new(Width ?? Side, Height ?? Side);

    /// <summary>What a model is told: the description of the character, and then the script.</summary>
    [JsonIgnore]
    public string Prompt => Character is { Description: { Length: > 0 } description } ? $"{description}\n\n{Script}" : Script;
}

/// <summary>The form of the webhooks of a generation.</summary>
[GenerateSerializer, Alias("videogen.webhook-form")]
public enum WebhookForm
{
    /// <summary><c>generation.completed</c>, with what the native API shows.</summary>
    Native = 0,

    /// <summary><c>video.completed</c> and <c>video.failed</c>, with the id only, as OpenAI sends them.</summary>
    OpenAi = 1,

    /// <summary><c>storyboard.completed</c>, for the webhook of a storyboard and not of a generation.</summary>
    Storyboard = 2,
}

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
