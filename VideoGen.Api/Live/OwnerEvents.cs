using Microsoft.Extensions.Options;
using VideoGen.Api.Access;
using VideoGen.Api.Generations;
using VideoGen.Api.Hosting;
using VideoGen.Grains.Ports;

namespace VideoGen.Api.Live;

/// <summary>
/// Tells one watcher of all generations of an owner. It does not tell how they stand at the start: clients load the list after each
/// <c>ready</c>, which comes again whenever something may have been missed.
/// </summary>
internal sealed class OwnerEvents(WatchRoom room, MediaLinks links, IOptions<LiveOptions> options, TimeProvider time)
{
    public async Task TellAsync(string owner, EventWriter writer, CancellationToken cancellationToken)
    {
        using var watch = room.Enter(Topic.Owner(owner));
        await ReadyAsync(writer, cancellationToken);
        while (true)
        {
            if (!await watch.WaitAsync(options.Value.Heartbeat, time, cancellationToken))
            {
                await writer.HeartbeatAsync(cancellationToken);
                continue;
            }

            var items = watch.Take(out var hasMissed);
            if (hasMissed)
            {
                await ReadyAsync(writer, cancellationToken);
            }

            foreach (var item in items)
            {
                await SendAsync(item, writer, cancellationToken);
            }
        }
    }

    private static Task ReadyAsync(EventWriter writer, CancellationToken cancellationToken) =>
        writer.SendAsync("ready", null, new(), ApiJson.Readable.Ready, cancellationToken);

    private Task SendAsync(NewsItem item, EventWriter writer, CancellationToken cancellationToken) => item.Generation is { } now
        ? writer.SendAsync(
            "generation", null, GenerationResource.From(now, links), ApiJson.Readable.GenerationResource, cancellationToken)
        : writer.SendAsync("deleted", null, new(item.GenerationId), ApiJson.Readable.DeletedGeneration, cancellationToken);
}

/// <summary>The data of <c>ready</c>.</summary>
internal sealed record Ready;

/// <summary>The data of <c>deleted</c>.</summary>
internal sealed record DeletedGeneration(string Id);
