using System.Text.Json.Serialization;
using VideoGen.Api.Http;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Api.Webhooks;

/// <summary>The webhook URL of a generation (without its query) and the deliveries, oldest first.</summary>
internal sealed record WebhookLogResource(string GenerationId, string Url, IReadOnlyList<WebhookDeliveryResource> Deliveries)
{
    public static WebhookLogResource From(string id, string url, WebhookLog? log) => new(
        id, WebhookUrl.WithoutQuery(url), [.. (log?.Deliveries ?? []).Select(one => WebhookDeliveryResource.From(id, one))]);
}

/// <summary>
/// One webhook. <paramref name="NextAttemptAt"/> is set while it is pending. The latest attempts are listed oldest first.
/// </summary>
internal sealed record WebhookDeliveryResource(
    string WebhookId,
    string Type,
    [property: JsonConverter(typeof(SnakeCase<WebhookStatus>))] WebhookStatus Status,
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset OccurredAt,
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset? NextAttemptAt,
    IReadOnlyList<WebhookAttemptResource> Attempts)
{
    public static WebhookDeliveryResource From(string id, WebhookDelivery one) => new(
        one.Event.IdOf(id),
        one.Event.Type,
        one.Standing,
        one.Event.At,
        one.Standing is WebhookStatus.Pending ? one.DueAt : null,
        [.. one.Attempts.Select(WebhookAttemptResource.From)]);
}

/// <summary>One delivery attempt: the status of the receiver, or the reason why there is none.</summary>
internal sealed record WebhookAttemptResource(
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset At,
    int? HttpStatus,
    [property: JsonConverter(typeof(SnakeCase<WebhookFailure>))] WebhookFailure? Trouble,
    int DurationMilliseconds)
{
    public static WebhookAttemptResource From(WebhookAttempt attempt) =>
        new(attempt.At, attempt.Status, attempt.Trouble, (int)attempt.Duration.TotalMilliseconds);
}
