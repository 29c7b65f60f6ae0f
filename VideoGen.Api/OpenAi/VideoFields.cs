using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;

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

    private static readonly Dictionary<string, string> DialectNames = new(StringComparer.Ordinal)
    {
        ["characterImageUrl"] = Picture,
        ["imageUrl"] = "address",
        ["script"] = Prompt,
        ["duration"] = Seconds,
        ["quality"] = Size,
        ["aspectRatio"] = Size,
        ["negativePrompt"] = "negative_prompt",
        ["webhookUrl"] = "webhook_url",
    };

    public static bool IsField(string name) => Names.Contains(name);

    public static bool IsPicture(string name) => Pictures.Contains(name);

    /// <summary>What this dialect calls a field of the native API.</summary>
    public static string DialectName(string field) => DialectNames.GetValueOrDefault(field, field);

    /// <summary>The text of a field; null if it is missing. What is not text is never the same as a missing field.</summary>
    public static string? TextOf(this IReadOnlyDictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var value) && value.ValueKind is not JsonValueKind.Null
            ? value.AsText() ?? value.GetRawText()
            : null;

    /// <summary>The request that the fields mean, read and checked as a native one.</summary>
    public static GenerateVideoRequest ToRequest(
        IReadOnlyDictionary<string, JsonElement> fields, VideoSize size, string? model, string pictureUrl, FieldErrors errors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("characterImageUrl", pictureUrl);
            json.WriteString("quality", size.Quality);
            json.WriteString("aspectRatio", size.AspectRatio);
            json.WriteString("model", model);
            Copy(Prompt, "script");
            Copy("seed", "seed");
            Copy("negative_prompt", "negativePrompt");
            Copy("motion", "motion");
            Copy("webhook_url", "webhookUrl");
            Copy("fit", "fit");
            if (!Copy(Seconds, "duration"))
            {
                json.WriteString("duration", DefaultSeconds);
            }

            if (fields.TextOf(Sound) is "true" or "false")
            {
                json.WriteBoolean(Sound, fields.TextOf(Sound) == "true");    // a form has only text
            }
            else
            {
                Copy(Sound, Sound);
            }

            json.WriteEndObject();

            bool Copy(string from, string to)
            {
                if (!fields.TryGetValue(from, out var value) || value.ValueKind is JsonValueKind.Null)
                {
                    return false;
                }

                // As it came: a string may contain an unpaired surrogate, which only the reader of the field can refuse.
                json.WritePropertyName(to);
                json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
                return true;
            }
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return GenerateVideoRequest.Read(document.RootElement, errors);
    }
}
