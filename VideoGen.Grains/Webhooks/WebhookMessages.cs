using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Webhooks;

/// <summary>
/// One end of a generation or of a storyboard, as sent to its receiver. It is identified by the generation's version, and
/// never changes, however often it is sent. It contains neither the script nor anything else that the user wrote.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-event")]
public sealed record WebhookEvent(
    long Version, GenerationStatus Status, DateTimeOffset At, int Attempt, bool IsPreview,
    FinishedVideo? Film = null, GenerationError? Error = null, Cancellation? Cancellation = null,
    WebhookForm Form = WebhookForm.Native)
{
    /// <summary>The event type: <c>generation.completed</c>, or <c>video.completed</c>.</summary>
    [JsonIgnore]
    public string Type => (Form, Status) switch
    {
        (WebhookForm.OpenAi, GenerationStatus.Completed) => "video.completed",
        (WebhookForm.OpenAi, _) => "video.failed",
        (WebhookForm.Storyboard, _) => "storyboard." + JsonNamingPolicy.SnakeCaseLower.ConvertName(Status.ToString()),
        _ => "generation." + JsonNamingPolicy.SnakeCaseLower.ConvertName(Status.ToString()),
    };

    /// <summary>The <c>webhook-id</c>: the same for every attempt, so that a receiver can detect duplicates.</summary>
    public string IdOf(string generationId) =>
        string.Create(CultureInfo.InvariantCulture, $"msg_{generationId.Replace("-", "")}_{Version}");
}

/// <summary>The events to send for a generation, oldest first, to one address of an owner.</summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-order")]
public sealed record WebhookOrder(string Owner, string Url, ImmutableArray<WebhookEvent> Events);

/// <summary>The receiver of a generation's webhooks, and its deliveries, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-log")]
public sealed record WebhookLog(string Url, ImmutableArray<WebhookDelivery> Deliveries);

/// <summary>
/// The delivery of one event. <paramref name="DueAt"/> is when it is sent next, while it is pending; <paramref name="Tries"/>
/// counts the attempts since it was first due, or due again after a replay, and <paramref name="Attempts"/> keeps the newest of
/// all attempts.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-delivery")]
public sealed record WebhookDelivery(
    WebhookEvent Event, WebhookStatus Standing, DateTimeOffset DueAt, int Tries, ImmutableArray<WebhookAttempt> Attempts);

/// <summary>
/// One attempt: either the receiver's HTTP status, or the failure that prevented a response, and how long it took.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-attempt")]
public sealed record WebhookAttempt(DateTimeOffset At, int? Status, WebhookFailure? Trouble, TimeSpan Duration);

/// <summary>The status of a delivery.</summary>
[GenerateSerializer, Alias("videogen.webhook-standing")]
public enum WebhookStatus
{
    /// <summary>Waiting to be sent, for the first time or again.</summary>
    Pending = 0,

    /// <summary>The receiver answered 2xx.</summary>
    Delivered = 1,

    /// <summary>The receiver did not accept it within three days.</summary>
    Failed = 2,

    /// <summary>
    /// The receiver answered 410, to this event or to an earlier one of the same owner: nothing more is sent there.
    /// </summary>
    Disabled = 3,
}

/// <summary>Why an attempt got no response.</summary>
[GenerateSerializer, Alias("videogen.webhook-trouble")]
public enum WebhookFailure
{
    /// <summary>The connection failed or broke.</summary>
    ConnectionFailed = 0,

    /// <summary>The receiver did not respond in time.</summary>
    Timeout = 1,

    /// <summary>This server does not call the address: not https, not public, or not a web port.</summary>
    AddressRefused = 2,

    /// <summary>There is no longer a secret to sign with.</summary>
    NoSecret = 3,

    /// <summary>Nothing was sent, because the receiver had answered 410.</summary>
    Disabled = 4,
}
