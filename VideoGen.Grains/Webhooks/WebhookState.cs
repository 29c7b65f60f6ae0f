using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace VideoGen.Grains.Webhooks;

/// <summary>
/// The stored deliveries of one generation, with its transitions as pure methods. Property names are the stored contract: new
/// ones are added, none is renamed.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-state")]
internal sealed record WebhookState
{
    /// <summary>A generation that is retried often has many ends: the oldest are dropped.</summary>
    public const int MaxDeliveries = 16;

    /// <summary>The maximum number of attempts kept per delivery.</summary>
    public const int MaxAttempts = 20;

    [Id(0)] public string Owner { get; init; } = "";
    [Id(1)] public string Url { get; init; } = "";
    [Id(2)] public ImmutableArray<WebhookDelivery> Deliveries { get; init; } = [];

    /// <summary>The next delivery to send, ordered by due time.</summary>
    [JsonIgnore]
    public WebhookDelivery? Next => Deliveries.Where(one => one.Standing is WebhookStatus.Pending).MinBy(one => one.DueAt);

    /// <summary>
    /// It is at least this late, whatever the wall clock says: a delivery that was not tried yet was due when it was added.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset LatestKnown => Deliveries
        .Select(one => one.Tries == 0 || one.Attempts.IsEmpty ? one.DueAt : one.Attempts[^1].At).DefaultIfEmpty().Max();

    /// <summary>Adds the new events of an order; they are due at once.</summary>
    public WebhookState Add(WebhookOrder order, DateTimeOffset now)
    {
        var known = Deliveries.Select(one => one.Event.Version).ToHashSet();
        var added = order.Events.Where(one => !known.Contains(one.Version)).ToList();
        return added.Count == 0 ? this : this with
        {
            Owner = order.Owner,
            Url = order.Url,
            Deliveries =
            [
                .. Deliveries.Concat(added.Select(one => new WebhookDelivery(one, WebhookStatus.Pending, now, Tries: 0, [])))
                    .TakeLast(MaxDeliveries),
            ],
        };
    }

    /// <summary>Records the result of one attempt, and whether and when there is another one: the delay begins now.</summary>
    public WebhookState Attempted(
        long version, WebhookReply reply, RetrySchedule schedule, double random, DateTimeOffset now) => Change(version, one =>
    {
        var tries = one.Tries + 1;
        var delay = schedule.After(tries, reply.RetryAfter, random);
        return Tried(one, new WebhookAttempt(reply.At, reply.Status, reply.Trouble, reply.Duration)) with
        {
            Tries = tries,
            DueAt = now + (delay ?? TimeSpan.Zero),
            Standing = reply.IsSuccess ? WebhookStatus.Delivered
                : reply.IsGone ? WebhookStatus.Disabled
                : delay is null ? WebhookStatus.Failed
                : WebhookStatus.Pending,
        };
    });

    /// <summary>Not sent, because the receiver wants no more webhooks.</summary>
    public WebhookState Skipped(long version, DateTimeOffset now) => Change(version, one =>
        Tried(one, new WebhookAttempt(now, null, WebhookFailure.Disabled, TimeSpan.Zero)) with
        {
            Standing =
        WebhookStatus.Disabled
        });

    /// <summary>The newest event is due again; its earlier attempts are kept.</summary>
    public WebhookState Replayed(DateTimeOffset now) => Deliveries is [.., var newest]
        ? Change(newest.Event.Version, one => one with { Standing = WebhookStatus.Pending, DueAt = now, Tries = 0 })
        : this;

    private static WebhookDelivery Tried(WebhookDelivery one, WebhookAttempt attempt) =>
        one with { Attempts = [.. one.Attempts.Append(attempt).TakeLast(MaxAttempts)] };

    private WebhookState Change(long version, Func<WebhookDelivery, WebhookDelivery> change) =>
        Deliveries.FirstOrDefault(one => one.Event.Version == version) is { } found
            ? this with { Deliveries = Deliveries.Replace(found, change(found)) }
            : this;
}
