using Microsoft.Extensions.Options;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Subscriptions;
using VideoGen.Grains.Notifications;

namespace VideoGen.Api.Events;

/// <summary>
/// Sends the events of all generations of an owner to one client. It sends no initial state: clients load the list after each
/// <c>ready</c>, which is repeated whenever events may have been missed.
/// </summary>
internal sealed class OwnerEvents(SubscriptionHub hub, MediaLinks links, IOptions<EventOptions> options, TimeProvider time)
{
    /// <summary>
    /// The first <c>ready</c> waits until no event can be missed, so that loading the list once is enough. It waits no longer
    /// than this, because a client shows nothing before it.
    /// </summary>
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(2);

    public async Task StreamAsync(string owner, EventWriter writer, CancellationToken cancellationToken)
    {
        using var subscription = hub.Subscribe(new Topic(owner));
        await subscription.WaitAsync(ReadyTimeout, time, cancellationToken);
        await SendAsync(subscription.Take(out _), isReady: true, writer, cancellationToken);
        while (true)
        {
            if (await subscription.WaitAsync(options.Value.Heartbeat, time, cancellationToken))
            {
                var items = subscription.Take(out var hasMissed);
                await SendAsync(items, hasMissed, writer, cancellationToken);
            }
            else
            {
                await writer.HeartbeatAsync(cancellationToken);
            }
        }
    }

    private async Task SendAsync(
        IReadOnlyCollection<GenerationNotification> items, bool isReady, EventWriter writer, CancellationToken cancellationToken)
    {
        if (isReady)
        {
            await writer.SendAsync("ready", null, new(), EventJson.Readable.Ready, cancellationToken);
        }

        foreach (var item in items)
        {
            await SendAsync(item, writer, cancellationToken);
        }
    }

    private Task SendAsync(GenerationNotification item, EventWriter writer, CancellationToken cancellationToken) =>
        item.Generation is { } now
        ? writer.SendAsync(
            "generation", null, GenerationResource.From(now, links), GenerationJson.Readable.GenerationResource,
            cancellationToken)
        : writer.SendAsync("deleted", null, new(item.GenerationId), EventJson.Readable.DeletedGeneration, cancellationToken);
}

/// <summary>The data of a <c>ready</c> event.</summary>
internal sealed record Ready;

/// <summary>The data of a <c>deleted</c> event.</summary>
internal sealed record DeletedGeneration(string Id);
