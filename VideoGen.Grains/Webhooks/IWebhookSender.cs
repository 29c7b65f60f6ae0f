namespace VideoGen.Grains.Webhooks;

/// <summary>Sends one webhook once, signed; the grain decides what follows from the answer.</summary>
public interface IWebhookSender
{
    /// <summary>
    /// Never throws for what a receiver or the way to it did, only when it is canceled. It may wait for its turn, because a host is
    /// called only so many times at once.
    /// </summary>
    Task<WebhookReply> SendAsync(WebhookMessage message, CancellationToken cancellationToken);
}

/// <summary>An event for an address of an owner, whose secrets sign it.</summary>
public sealed record WebhookMessage(string GenerationId, string Owner, string Url, WebhookEvent Event);

/// <summary>The HTTP status, or why there is none; and when the receiver wants to be asked again.</summary>
public sealed record WebhookReply(
    DateTimeOffset At, TimeSpan Duration, int? Status = null, WebhookFailure? Trouble = null, TimeSpan? RetryAfter = null)
{
    /// <summary>Only 2xx is a success: a redirect is not followed, whoever it may lead to.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>410: the receiver wants to hear nothing more.</summary>
    public bool IsGone => Status is 410;
}
