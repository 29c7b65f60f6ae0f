using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Webhooks;

/// <summary>Brings the events of one generation to its receiver; the key is the generation's id.</summary>
[GrainInterfaceType("videogen.webhook")]
public interface IWebhookGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes events on durably before it answers; sending them follows. Repeating the call changes nothing.
    /// </summary>
    [Alias("deliver"), Repeatable]
    Task DeliverAsync(WebhookOrder order);

    /// <summary>What came of the deliveries so far; null when there was none. Takes up again what is due.</summary>
    [Alias("get"), Repeatable]
    Task<WebhookLog?> GetAsync();

    /// <summary>
    /// Sends the newest event again, now and under the same id, and lets an address be called again that was disabled; null when
    /// there was no event.
    /// </summary>
    [Alias("replay")]
    Task<WebhookLog?> ReplayAsync();

    /// <summary>The generation is deleted: nothing more is sent for it, and nothing of it is kept.</summary>
    [Alias("forget")]
    Task ForgetAsync();
}

/// <summary>
/// One end of a generation, as its receiver is told: the version that it came with names it, and it never changes, however often it
/// is sent. It holds neither the script nor anything else that the user wrote.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-event")]
public sealed record WebhookEvent(
    long Version, GenerationStatus Status, DateTimeOffset At, int Attempt, bool IsPreview,
    FinishedVideo? Film = null, GenerationError? Error = null, Cancellation? Cancellation = null)
{
    /// <summary>What it is called: <c>generation.completed</c>.</summary>
    [JsonIgnore] public string Type => "generation." + JsonNamingPolicy.SnakeCaseLower.ConvertName(Status.ToString());

    /// <summary>The <c>webhook-id</c>: the same for every attempt, so that a receiver can tell duplicates.</summary>
    public string IdOf(string generationId) =>
        string.Create(CultureInfo.InvariantCulture, $"msg_{generationId.Replace("-", "")}_{Version}");
}

/// <summary>What a generation owes to a receiver: events, oldest first, for one address of an owner.</summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-order")]
public sealed record WebhookOrder(string Owner, string Url, ImmutableArray<WebhookEvent> Events);

/// <summary>Where the webhooks of a generation go, and what came of each, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-log")]
public sealed record WebhookLog(string Url, ImmutableArray<WebhookDelivery> Deliveries);

/// <summary>
/// One event on its way. <paramref name="DueAt"/> is when it is sent next, while it is pending; <paramref name="Tries"/> counts the
/// attempts since it was last due for the first time, and <paramref name="Attempts"/> keeps the newest of all of them.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-delivery")]
public sealed record WebhookDelivery(
    WebhookEvent Event, WebhookStatus Standing, DateTimeOffset DueAt, int Tries, ImmutableArray<WebhookAttempt> Attempts);

/// <summary>
/// One attempt: either the receiver's HTTP status, or the trouble that kept it from answering, and how long it took.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-attempt")]
public sealed record WebhookAttempt(DateTimeOffset At, int? Status, WebhookFailure? Trouble, TimeSpan Duration);

/// <summary>How a delivery stands.</summary>
[GenerateSerializer, Alias("videogen.webhook-standing")]
public enum WebhookStatus
{
    /// <summary>It is to be sent, for the first time or again.</summary>
    Pending = 0,

    /// <summary>The receiver answered 2xx.</summary>
    Delivered = 1,

    /// <summary>The receiver did not take it in three days.</summary>
    Failed = 2,

    /// <summary>The receiver answered 410, to this event or to an earlier one of the same owner: nothing is sent there any more.</summary>
    Disabled = 3,
}

/// <summary>Why an attempt got no answer.</summary>
[GenerateSerializer, Alias("videogen.webhook-trouble")]
public enum WebhookFailure
{
    /// <summary>No connection, or one that broke.</summary>
    ConnectionFailed = 0,

    /// <summary>The receiver did not answer in time.</summary>
    Timeout = 1,

    /// <summary>The address is not one that this server calls: not https, not public, or not a port of the web.</summary>
    AddressRefused = 2,

    /// <summary>There is no secret to sign with any more.</summary>
    NoSecret = 3,

    /// <summary>Nothing was sent, because the receiver had answered 410.</summary>
    Disabled = 4,
}
