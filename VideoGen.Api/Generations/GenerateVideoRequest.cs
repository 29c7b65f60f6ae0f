using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>The body of <c>POST /generate-video</c>. Unknown fields are ignored.</summary>
internal sealed record GenerateVideoRequest(
    [property: Description("The imageUrl that POST /upload-character returned. Required without characterId.")]
    string CharacterImageUrl,
    [property: Required, StringLength(GenerateVideoRequest.MaxScript, MinimumLength = 1)]
    [property: Description("What happens in the video. Must not be blank.")]
    string Script,
    [property: Range(GenerateVideoRequest.MinDuration, GenerateVideoRequest.MaxDuration), DefaultValue(5)]
    [property: Description("The length of the video in seconds.")]
    int Duration,
    [property: AllowedValues("512", "768", "1024"), DefaultValue("768")]
    [property: Description("The short side of the video in pixels.")]
    string Quality,
    [property: Range(typeof(long), "0", "4294967295"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("The same seed and input produce a similar video, if the backend supports seeds.")]
    uint? Seed = null,
    [property: StringLength(GenerateVideoRequest.MaxNegativePrompt), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("What the video must not show, if the model supports it.")]
    string? NegativePrompt = null,
    [property: JsonConverter(typeof(SnakeCase<Motion>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("The amount of motion, if the backend supports it.")]
    Motion? Motion = null,
    [property: StringLength(GenerateVideoRequest.MaxWebhookUrl), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("The URL that receives a signed webhook when the generation completes or fails.")]
    string? WebhookUrl = null,
    [property: AllowedValues("1:1", "16:9", "9:16", "4:3", "3:4", "21:9", "source"), DefaultValue("1:1")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("The shape of the video, or source for the shape of the picture (from 9:21 to 21:9).")]
    string? AspectRatio = null,
    [property: JsonConverter(typeof(SnakeCase<Fit>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("cover fills the frame and crops around what matters; contain shows everything between bars.")]
    Fit? Fit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), DefaultValue(true)]
    [property: Description("false removes the sound that the model makes. A silent model gives a silent video in any case.")]
    bool? Sound = null,
    [property: StringLength(GenerateVideoRequest.MaxModel), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("The id of a model from GET /models; without it the default.")]
    string? Model = null,
    [property: StringLength(36), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("The id of a character, in place of characterImageUrl: its front picture, and its description in "
        + "front of the script.")]
    string? CharacterId = null)
{
    public const int MaxScript = 2000;
    public const int MaxNegativePrompt = 1000;
    public const int MaxModel = 64;
    public const int MaxWebhookUrl = Grains.Webhooks.WebhookUrl.MaxLength;
    public const int MinDuration = 3;
    public const int MaxDuration = 10;

    /// <summary>The form of the webhooks, which the dialect decides and not the body.</summary>
    [JsonIgnore]
    public WebhookForm WebhookForm { get; init; }

    /// <summary>Reads the fields and adds an error for every invalid one. Use the request only if there is none.</summary>
    public static GenerateVideoRequest Read(JsonElement json, FieldErrors errors)
    {
        var characterId = OptionalFields.ReadCharacterId(json.Field("characterId"), errors);
        return new(
            ReadImageUrl(json.Field("characterImageUrl"), characterId is not null, errors),
            ReadScript(json.Field("script"), errors),
            ReadDuration(json.Field("duration"), errors),
            ReadQuality(json.Field("quality"), errors),
            OptionalFields.ReadSeed(json.Field("seed"), errors),
            OptionalFields.ReadNegativePrompt(json.Field("negativePrompt"), errors),
            OptionalFields.ReadMotion(json.Field("motion"), errors),
            OptionalFields.ReadWebhookUrl(json.Field("webhookUrl"), errors),
            OptionalFields.ReadAspectRatio(json.Field("aspectRatio"), errors),
            OptionalFields.ReadFit(json.Field("fit"), errors),
            OptionalFields.ReadSound(json.Field("sound"), errors),
            OptionalFields.ReadModel(json.Field("model"), errors),
            characterId);
    }

    /// <summary>
    /// The message for the grain. <paramref name="shape"/>, <paramref name="model"/> and <paramref name="character"/> are null
    /// where the request names none.
    /// </summary>
    public GenerationRequest ToGenerationRequest(
        string owner, string image, string? webhookUrl, FrameSize? shape, string? model, CastCharacter? character)
    {
        var side = int.Parse(Quality, CultureInfo.InvariantCulture);
        var frame = shape?.WithShortSide(side);
        return new GenerationRequest(
            owner, image, Script, Duration, side, Seed, NegativePrompt, Motion, WebhookUrl: webhookUrl,
            AspectRatio: AspectRatio, Width: frame?.Width, Height: frame?.Height, Fit: Fit ?? default,
            IsSilent: Sound is false, Model: model, WebhookForm: WebhookForm, Character: character);
    }

    private static string ReadImageUrl(JsonElement? value, bool hasCharacter, FieldErrors errors)
    {
        var url = value?.AsText();
        if (hasCharacter && value is not null)
        {
            errors.Add("characterId", "Send characterId or characterImageUrl, not both.");
        }
        else if (url is null && !hasCharacter)
        {
            errors.Add("characterImageUrl", "characterImageUrl must be a string: the imageUrl that the upload returned.");
        }

        return url ?? "";
    }

    internal static string ReadScript(JsonElement? value, FieldErrors errors)
    {
        var script = value?.AsText();
        if (script is null)
        {
            errors.Add("script", "script must be a string that describes what happens in the video.");
        }
        else if (!PlainText.IsVisible(script))
        {
            errors.Add("script", "script must not be blank. Describe what happens in the video.");
        }
        else if (PlainText.LengthOf(script) > MaxScript)
        {
            errors.Add("script", "script must have at most 2,000 characters.");
        }

        return script ?? "";
    }

    internal static int ReadDuration(JsonElement? value, FieldErrors errors)
    {
        var seconds = value is { } given ? given.AsInteger() : 5;
        if (seconds is not (>= MinDuration and <= MaxDuration))
        {
            errors.Add("duration", "duration must be a whole number of seconds from 3 to 10.");
        }

        return seconds ?? 0;
    }

    internal static string ReadQuality(JsonElement? value, FieldErrors errors)
    {
        var side = value is { } given ? given.AsInteger() : 768;
        if (side is not (512 or 768 or 1024))
        {
            errors.Add("quality", "quality must be \"512\", \"768\" or \"1024\".");
        }

        return (side ?? 0).ToString(CultureInfo.InvariantCulture);
    }
}
