using System.Collections.Immutable;

namespace VideoGen.Grains.Contracts;

/// <summary>Where the webhooks of a generation go, and what came of each, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-log")]
public sealed record WebhookLog(string Url, ImmutableArray<WebhookDelivery> Deliveries);

/// <summary>
/// One event on its way. <paramref name="DueAt"/> is when it is sent next, while it is pending; <paramref name="Tries"/> counts the
/// attempts since it was last due for the first time, and <paramref name="Attempts"/> keeps the newest of all of them.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-delivery")]
public sealed record WebhookDelivery(
    WebhookEvent Event, WebhookStanding Standing, DateTimeOffset DueAt, int Tries, ImmutableArray<WebhookAttempt> Attempts);

/// <summary>
/// One attempt: either the receiver's HTTP status, or the trouble that kept it from answering, and how long it took.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-attempt")]
public sealed record WebhookAttempt(DateTimeOffset At, int? Status, WebhookTrouble? Trouble, TimeSpan Duration);

/// <summary>How a delivery stands.</summary>
[GenerateSerializer, Alias("videogen.webhook-standing")]
public enum WebhookStanding
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
public enum WebhookTrouble
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
