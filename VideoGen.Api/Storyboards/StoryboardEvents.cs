using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using VideoGen.Api.Authentication;
using VideoGen.Api.Events;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Api.Subscriptions;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>
/// Streams the changes of one storyboard. Its grain holds each read until there is something new, so that a change costs one call
/// and nothing is missed.
/// </summary>
internal sealed partial class StoryboardEvents(
    MediaLinks links, IOptions<EventOptions> options, TimeProvider time, ILogger<StoryboardEvents> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder app) => app.MapBothPrefixes(routes => routes
        .MapGet("/storyboards/{id}/events", StreamAsync)
        .WithName("watchStoryboard").WithTags("Storyboards").WithSummary("Streams the changes of a storyboard")
        .WithDescription(
            "Server-Sent Events named `storyboard`, with the storyboard as data; the id of an event is the version. It starts with "
            + "the current state. Returns 204 if no event can follow. The stream ends when the storyboard has ended, and with "
            + "`deleted` when it is deleted.")
        .Costs(RequestCost.Stream)
        .ProducesEvents<StoryboardResource>()
        .ProducesProblems(404, 429, 503));

    private static async Task<Results<EventStream, NoContent, ProblemHttpResult>> StreamAsync(
        [Description(StoryboardEndpoints.IdDescription)] string id,
        [FromHeader(Name = "Last-Event-ID"), Description("The last version that the client has received.")] string? lastEvent,
        HttpContext context, IGrainFactory grains, StoryboardEvents events, StreamLimiter limiter)
    {
        if (await OwnStoryboard.FindAsync(context, grains, id) is not { } own)
        {
            return StoryboardProblem.NotFound();
        }

        var isKnown = long.TryParse(lastEvent, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            && seen >= own.Found.Version;
        return HasEnded(own.Found) && isKnown ? TypedResults.NoContent()
            : limiter.TryEnter() is { } lease
                ? new EventStream(lease, (writer, end) => events.SendAllAsync(own, writer, end))
            : Problem.StreamsBusy(context.Response);
    }

    private async Task SendAllAsync(OwnStoryboard own, EventWriter writer, CancellationToken cancellationToken)
    {
        var (now, lastSent) = (own.Found, time.GetTimestamp());
        await SendAsync(now, writer, cancellationToken);
        while (!HasEnded(now))
        {
            if (await WatchAsync(own.Grain, now, cancellationToken) is not { } next)
            {
                await writer.SendAsync(
                    "deleted", null, new(now.Id), EventJson.Readable.DeletedGeneration, cancellationToken);
                return;
            }

            if (next.Tag != now.Tag)
            {
                await SendAsync(next, writer, cancellationToken);
                lastSent = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(lastSent) >= options.Value.Heartbeat)
            {
                await writer.HeartbeatAsync(cancellationToken);
                lastSent = time.GetTimestamp();
            }

            now = next;
        }
    }

    private Task SendAsync(StoryboardSnapshot storyboard, EventWriter writer, CancellationToken cancellationToken) =>
        writer.SendAsync(
            "storyboard", storyboard.Version, StoryboardResource.From(storyboard, links),
            StoryboardJson.Readable.StoryboardResource, cancellationToken);

    /// <summary>Waits until the grain is available again, because a browser does not reconnect after an error response.</summary>
    private async Task<StoryboardSnapshot?> WatchAsync(
        IStoryboardGrain grain, StoryboardSnapshot seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await grain.WatchAsync(seen.Tag).WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (FailureOf.Classify(exception) is Failure.Unavailable)
            {
                LogUnread(exception, seen.Id);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private static bool HasEnded(StoryboardSnapshot storyboard) =>
        storyboard.Status is StoryboardStatus.Completed or StoryboardStatus.Failed or StoryboardStatus.Canceled;

    [LoggerMessage(LogLevel.Debug, "Cannot read storyboard {StoryboardId} for an event stream; retrying")]
    private partial void LogUnread(Exception exception, string storyboardId);
}
