using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Silo.Webhooks;

/// <summary>
/// The body of a webhook as OpenAI sends it (platform documentation, Webhooks): the receiver asks for the video by its id.
/// </summary>
internal sealed record OpenAiWebhookBody(
    string Id, string Object, [property: JsonPropertyName("created_at")] long CreatedAt, string Type, OpenAiWebhookData Data)
{
    public static byte[] Of(string generationId, WebhookEvent ended)
    {
        var id = generationId.Replace("-", "");
        var body = new OpenAiWebhookBody(
            string.Create(CultureInfo.InvariantCulture, $"evt_{id}_{ended.Version}"), "event", ended.At.ToUnixTimeSeconds(),
            ended.Type, new OpenAiWebhookData("video_" + id));
        return JsonSerializer.SerializeToUtf8Bytes(body, WebhookJson.Readable.OpenAiWebhookBody);
    }
}

internal sealed record OpenAiWebhookData(string Id);
