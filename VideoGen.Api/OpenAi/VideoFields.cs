using System.Text.Json;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.OpenAi;

/// <summary>
/// The fields of a request in this dialect, and the request of the native API that they mean. Unknown fields are ignored. The
/// checks are those of <see cref="GenerateVideoRequest"/>.
/// </summary>
internal static class VideoFields
{
    public const string Picture = "input_reference";
    public const string Model = "model";
    public const string Prompt = "prompt";
    public const string Size = "size";

    private const string Seconds = "seconds";
    private const string Sound = "sound";

    /// <summary>The length of a video whose request names none, as in the contract of the dialect.</summary>
    private const string DefaultSeconds = "4";

    /// <summary>The fields that are read, in forms and in JSON.</summary>
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        Prompt, Model, Seconds, Size, "seed", "negative_prompt", "motion", "webhook_url", "fit", Sound,
    };

    /// <summary>The fields that hold a picture, under all names that programs use.</summary>
    private static readonly HashSet<string> Pictures = new(StringComparer.Ordinal)
    {
        Picture, Picture + "[image_url]", Picture + "[file_id]", "reference_url", "image_reference",
        "image_reference[image_url]", "image_reference[file_id]", "file_id",
    };

    /// <summary>The names of the native fields in this dialect.</summary>
    public static FieldNames DialectNames { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["characterImageUrl"] = Picture,
        ["imageUrl"] = "address",
        ["script"] = Prompt,
        ["duration"] = Seconds,
        ["quality"] = Size,
        ["aspectRatio"] = Size,
        ["negativePrompt"] = "negative_prompt",
        ["webhookUrl"] = "webhook_url",
    });

    public static bool IsField(string name) => Names.Contains(name);

    public static bool IsPicture(string name) => Pictures.Contains(name);

    /// <summary>The text of a field; null if it is missing. What is not text is never the same as a missing field.</summary>
    public static string? TextOf(this IReadOnlyDictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var value) && value.ValueKind is not JsonValueKind.Null
            ? value.AsText() ?? value.GetRawText()
            : null;

    /// <summary>The request that the fields mean, read and checked as a native one.</summary>
    public static GenerateVideoRequest ToRequest(
        IReadOnlyDictionary<string, JsonElement> fields, VideoSize size, string? model, string pictureUrl, FieldErrors errors)
    {
        using var native = new RequestTranslation(fields);
        native.Set("characterImageUrl", pictureUrl);
        native.Set("quality", size.Quality);
        native.Set("aspectRatio", size.AspectRatio);
        native.Set("model", model);
        native.Copy(Prompt, "script");
        native.Copy("seed", "seed");
        native.Copy("negative_prompt", "negativePrompt");
        native.Copy("motion", "motion");
        native.Copy("webhook_url", "webhookUrl");
        native.Copy("fit", "fit");
        if (!native.Copy(Seconds, "duration"))
        {
            native.Set("duration", DefaultSeconds);
        }

        if (fields.TextOf(Sound) is "true" or "false")
        {
            native.Set(Sound, fields.TextOf(Sound) == "true");    // a form has only text
        }
        else
        {
            native.Copy(Sound, Sound);
        }

        return native.Read(errors) with { WebhookForm = WebhookForm.OpenAi };
    }
}
