using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Silo.Webhooks;

/// <summary>
/// The body of a webhook: which generation ended and how, and where the video is. It is deliberately small: the script is not
/// sent, and neither are signed addresses, which could expire before a late attempt. The receiver requests both with its own key.
/// </summary>
internal sealed record WebhookBody(string Type, string Timestamp, EndedGeneration Data)
{
    /// <summary>The same event gives the same bytes, however often it is sent.</summary>
    public static byte[] Of(string generationId, WebhookEvent ended) =>
        ended.Form switch
        {
            WebhookForm.OpenAi => OpenAiWebhookBody.Of(generationId, ended),
            WebhookForm.Storyboard => StoryboardWebhookBody.Of(generationId, ended),
            _ => OfNative(generationId, ended),
        };

    private static byte[] OfNative(string generationId, WebhookEvent ended)
    {
        var data = new EndedGeneration(
            generationId, ended.Type[(ended.Type.IndexOf('.') + 1)..], ended.Version, ended.Attempt, ended.IsPreview,
            ended.Film is { } video ? "/videos/" + video.Video : null,
            ended.Film is { } poster ? "/videos/" + poster.Poster : null,
            ended.Film is { } file ? new EndedVideo(file.DurationSeconds, file.Width, file.Height, file.Bytes) : null,
            ended.Error is { } error ? new EndedError(error.Code, error.Message, error.Retryable) : null,
            ended.Cancellation is { } cancellation ? new EndedByUser(cancellation.Confirmed, cancellation.Message) : null);
        return JsonSerializer.SerializeToUtf8Bytes(
            new WebhookBody(ended.Type, Milliseconds(ended.At), data), WebhookJson.Readable.WebhookBody);
    }

    internal static string Milliseconds(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The fields have the same names and meaning as in the API.</summary>
internal sealed record EndedGeneration(
    string Id, string Status, long Version, int Attempt, bool Preview, string? VideoUrl, string? PosterUrl,
    EndedVideo? Film, EndedError? Error, EndedByUser? Cancellation);

internal sealed record EndedVideo(double DurationSeconds, int Width, int Height, long Bytes);

internal sealed record EndedError(string Code, string Message, bool Retryable);

internal sealed record EndedByUser(bool? Confirmed, string? Message);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(OpenAiWebhookBody))]
[JsonSerializable(typeof(StoryboardWebhookBody))]
internal sealed partial class WebhookJson : JsonSerializerContext
{
    public static WebhookJson Readable { get; } =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
