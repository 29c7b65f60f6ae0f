using Microsoft.Extensions.Options;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Api.Subscriptions;
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
    public async Task TellAsync(LoggedGeneration first, long? seen, EventWriter writer, CancellationToken cancellationToken)
    {
        var id = first.Generation.Id;
        using var subscription = hub.Subscribe(Topic.Of(first.Generation));
        var told = await TellAllAsync(first, seen ?? first.Generation.Version - 1, writer, cancellationToken);
        var silence = time.GetTimestamp();
        while (!told.Status.IsEnd)
        {
            // A read without changes ends the wait but does not postpone the heartbeat.
            var patience = options.Value.Heartbeat - time.GetElapsedTime(silence);
            if (patience <= TimeSpan.Zero || !await subscription.WaitAsync(patience, time, cancellationToken))
            {
                await writer.HeartbeatAsync(cancellationToken);
                silence = time.GetTimestamp();
                continue;
            }

            foreach (var item in subscription.Take(out _))
            {
                if (item.Generation is not { } now)
                {
                    await writer.SendAsync("deleted", null, new(id), EventJson.Readable.DeletedGeneration, cancellationToken);
                    return;
                }

                var before = told;
                told = await TellNextAsync(before, now, writer, cancellationToken);
                silence = ReferenceEquals(told, before) ? silence : time.GetTimestamp();
            }
        }
    }

    private async Task<GenerationSnapshot> TellNextAsync(
        GenerationSnapshot told, GenerationSnapshot now, EventWriter writer, CancellationToken cancellationToken)
    {
        if (now.Version < told.Version || now == told)
        {
            return told;    // a read that is older than a notification, or nothing new
        }

        if (now.Version <= told.Version + 1)
        {
            await SendAsync(now, told.Version, writer, cancellationToken);
            return now;
        }

        return await ReadLogAsync(now.Id, cancellationToken) is { } logged
            ? await TellAllAsync(logged, told.Version, writer, cancellationToken)
            : told;
    }

    private async Task<GenerationSnapshot> TellAllAsync(
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
                return await grains.GetGrain<IGenerationGrain>(id).GetLogAsync().WaitAsync(cancellationToken);
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
