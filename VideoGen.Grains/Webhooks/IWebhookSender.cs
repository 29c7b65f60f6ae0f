namespace VideoGen.Grains.Webhooks;

/// <summary>Sends one signed webhook once; the grain decides what to do with the result.</summary>
public interface IWebhookSender
{
    /// <summary>
    /// Throws only when it is canceled, never because of the receiver or the network. It may wait, because the number of
    /// concurrent calls per host is limited.
    /// </summary>
    Task<WebhookReply> SendAsync(WebhookMessage message, CancellationToken cancellationToken);
}

/// <summary>An event for an address of an owner, signed with the owner's secrets.</summary>
public sealed record WebhookMessage(string GenerationId, string Owner, string Url, WebhookEvent Event);

/// <summary>The HTTP status, or why there is none, and when the receiver wants to be called again.</summary>
public sealed record WebhookReply(
    DateTimeOffset At, TimeSpan Duration, int? Status = null, WebhookFailure? Trouble = null, TimeSpan? RetryAfter = null)
{
    /// <summary>Only 2xx is a success: redirects are never followed.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>410: the receiver wants no more webhooks.</summary>
    public bool IsGone => Status is 410;
}
