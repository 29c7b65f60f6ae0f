using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Api.Subscriptions;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Events;

/// <summary>Streams the changes of generations.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes =>
    {
        routes.MapGet("/generation/{id}/events", StreamGenerationAsync)
            .WithName("watchGeneration").WithTags("Events").WithSummary("Streams the changes of a generation")
            .WithDescription(
                "Server-Sent Events named `generation`, with the generation as data. The id of an event is the version; "
                + "changes between two versions have no id. With Last-Event-ID the stream continues after that version. "
                + "Returns 204 if no event can follow. The stream ends when the generation has finished.")
            .Costs(RequestCost.Stream)
            .ProducesEvents<GenerationResource>()
            .ProducesProblems(404, 429, 503);
        routes.MapGet("/events", StreamAll)
            .WithName("watchGenerations").WithTags("Events").WithSummary("Streams the changes of all generations")
            .WithDescription(
                "Server-Sent Events: `ready` at the start and whenever events may have been missed (reload the list then), "
                + "`generation` with a generation that has changed, `deleted` with the id of a deleted generation.")
            .Costs(RequestCost.Stream)
            .ProducesEvents<GenerationResource>()
            .ProducesProblems(429, 503);
    });

    private static async Task<Results<EventStream, NoContent, ProblemHttpResult>> StreamGenerationAsync(
        [Description(GenerationEndpoints.IdDescription)] string id,
        [FromHeader(Name = "Last-Event-ID"), Description("The last version that the client has received.")] string? lastEvent,
        [Description("The same as Last-Event-ID, for clients that cannot set the header.")] string? lastEventId,
        HttpContext context, IGrainFactory grains, GenerationEvents events, StreamLimiter limiter)
    {
        if (await OwnGeneration.FindAsync(context, grains, id) is not { } own || await own.Grain.GetLogAsync() is not { } logged)
        {
            return Problem.GenerationNotFound(id);
        }

        var seen = VersionIn(lastEvent) ?? VersionIn(lastEventId);
        return logged.Generation.Status.IsEnd && seen >= logged.Generation.Version ? TypedResults.NoContent()
            : limiter.TryEnter() is { } lease
                ? new EventStream(lease, (writer, end) => events.StreamAsync(logged, seen, writer, end))
            : Problem.StreamsBusy(context.Response);
    }

    private static Results<EventStream, ProblemHttpResult> StreamAll(
        HttpContext context, OwnerEvents events, StreamLimiter limiter) =>
        limiter.TryEnter() is { } lease
            ? new EventStream(lease, (writer, end) => events.StreamAsync(context.Caller().Owner, writer, end))
            : Problem.StreamsBusy(context.Response);

    /// <summary>Browsers send back an id that this server sent. Any other value is treated as missing.</summary>
    private static long? VersionIn(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
