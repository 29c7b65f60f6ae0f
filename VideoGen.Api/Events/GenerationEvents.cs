using Microsoft.Extensions.Options;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Api.Subscriptions;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Events;

/// <summary>
/// Sends the events of one generation to one client: every version once and in order, and changes between two versions.
/// Notifications only trigger a send; a gap in the versions is filled from the log.
/// </summary>
internal sealed partial class GenerationEvents(
    SubscriptionHub hub, IGrainFactory grains, MediaLinks links, IOptions<EventOptions> options, TimeProvider time,
    ILogger<GenerationEvents> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Continues after the version that the client has received, or starts with the current state.</summary>
    public async Task StreamAsync(LoggedGeneration first, long? seen, EventWriter writer, CancellationToken cancellationToken)
    {
        var id = first.Generation.Id;
        using var subscription = hub.Subscribe(Topic.Of(first.Generation));
        var sent = await SendAllAsync(first, seen ?? first.Generation.Version - 1, writer, cancellationToken);
        var lastSent = time.GetTimestamp();
        while (!sent.Status.IsEnd)
        {
            // A read without changes ends the wait but does not postpone the heartbeat.
            var timeout = options.Value.Heartbeat - time.GetElapsedTime(lastSent);
            if (timeout <= TimeSpan.Zero || !await subscription.WaitAsync(timeout, time, cancellationToken))
            {
                await writer.HeartbeatAsync(cancellationToken);
                lastSent = time.GetTimestamp();
                continue;
            }

            foreach (var item in subscription.Take(out _))
            {
                if (item.Generation is not { } now)
                {
                    await writer.SendAsync("deleted", null, new(id), EventJson.Readable.DeletedGeneration, cancellationToken);
                    return;
                }

                var before = sent;
                sent = await SendNextAsync(before, now, writer, cancellationToken);
                lastSent = ReferenceEquals(sent, before) ? lastSent : time.GetTimestamp();
            }
        }
    }

    private async Task<GenerationSnapshot> SendNextAsync(
        GenerationSnapshot sent, GenerationSnapshot now, EventWriter writer, CancellationToken cancellationToken)
    {
        if (now.Version < sent.Version || now == sent)
        {
            return sent;    // a read that is older than a notification, or nothing new
        }

        if (now.Version <= sent.Version + 1)
        {
            await SendAsync(now, sent.Version, writer, cancellationToken);
            return now;
        }

        return await ReadLogAsync(now.Id, cancellationToken) is { } logged
            ? await SendAllAsync(logged, sent.Version, writer, cancellationToken)
            : sent;
    }

    private async Task<GenerationSnapshot> SendAllAsync(
        LoggedGeneration logged, long seen, EventWriter writer, CancellationToken cancellationToken)
    {
        foreach (var generation in Replay.After(logged, seen))
        {
            await SendAsync(generation, seen, writer, cancellationToken);
        }

        return logged.Generation;
    }

    private Task SendAsync(GenerationSnapshot generation, long seen, EventWriter writer, CancellationToken cancellationToken) =>
        writer.SendAsync(
            "generation", generation.Version > seen ? generation.Version : null, GenerationResource.From(generation, links),
            GenerationJson.Readable.GenerationResource, cancellationToken);

    /// <summary>
    /// A browser reconnects after a broken connection but not after an error response, so this waits until the grain is available
    /// again.
    /// </summary>
    private async Task<LoggedGeneration?> ReadLogAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await grains.Grain<IGenerationGrain>(id).GetLogAsync().WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (FailureOf.Classify(exception) is Failure.Unavailable)
            {
                LogUnread(exception, id);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "Cannot read the log of generation {GenerationId} for an event stream; retrying")]
    private partial void LogUnread(Exception exception, string generationId);
}
