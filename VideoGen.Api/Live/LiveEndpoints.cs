using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using VideoGen.Api.Access;
using VideoGen.Api.Generations;
using VideoGen.Api.Hosting;
using VideoGen.Api.Limits;
using VideoGen.Api.Problems;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Live;

/// <summary>Tells what happens to generations while it happens, and what happened before.</summary>
internal static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes =>
    {
        routes.MapGet("/generation/{id}/log", GetLogAsync)
            .WithName("getGenerationLog").WithTags("Generations").WithSummary("Tells what happened to a generation, and when")
            .WithDescription("From acceptance to the film, oldest first: every attempt, wait, answer of a provider and resumption.")
            .ProducesProblems(404, 503);
        routes.MapGet("/generation/{id}/events", WatchGenerationAsync)
            .WithName("watchGeneration").WithTags("Events").WithSummary("Tells every change of a generation as it happens")
            .WithDescription(
                "Server-Sent Events named `generation`, each with the generation as data. The id of an event is the version; changes "
                + "between two versions have none. With Last-Event-ID it goes on after that version; 204 when nothing can follow. "
                + "The stream ends with the generation.")
            .Costs(Cost.Stream)
            .ProducesProblems(404, 429, 503);
        routes.MapGet("/events", WatchAll)
            .WithName("watchGenerations").WithTags("Events").WithSummary("Tells every change of all generations as it happens")
            .WithDescription(
                "Server-Sent Events: `ready` at the start and whenever something may have been missed (load the list then), "
                + "`generation` with a generation that has changed, `deleted` with the id of one that is gone.")
            .Costs(Cost.Stream)
            .ProducesProblems(429, 503);
    });

    private static async Task<Results<Ok<GenerationLogResource>, ProblemHttpResult>> GetLogAsync(
        [Description(GenerationEndpoints.IdDescription)] string id, HttpContext context, IGrainFactory grains) =>
        await OwnGeneration.FindAsync(context, grains, id) is { } own && await own.Grain.GetLogAsync() is { } logged
            ? TypedResults.Ok(GenerationLogResource.From(logged))
            : Problem.GenerationNotFound(id);

    private static async Task<Results<EventStream, NoContent, ProblemHttpResult>> WatchGenerationAsync(
        [Description(GenerationEndpoints.IdDescription)] string id,
        [FromHeader(Name = "Last-Event-ID"), Description("The last version that the client has seen.")] string? lastEvent,
        [Description("The same, for clients that can not set the header.")] string? lastEventId,
        HttpContext context, IGrainFactory grains, GenerationEvents events, StreamGate gate)
    {
        if (await OwnGeneration.FindAsync(context, grains, id) is not { } own || await own.Grain.GetLogAsync() is not { } logged)
        {
            return Problem.GenerationNotFound(id);
        }

        var seen = VersionIn(lastEvent) ?? VersionIn(lastEventId);
        return logged.Generation.Status.IsEnd && seen >= logged.Generation.Version ? TypedResults.NoContent()
            : gate.TryEnter() is { } place
                ? new EventStream(place, (writer, end) => events.TellAsync(logged, seen, writer, end))
            : Problem.StreamsBusy(context.Response);
    }

    private static Results<EventStream, ProblemHttpResult> WatchAll(HttpContext context, OwnerEvents events, StreamGate gate) =>
        gate.TryEnter() is { } place
            ? new EventStream(place, (writer, end) => events.TellAsync(context.Caller().Owner, writer, end))
            : Problem.StreamsBusy(context.Response);

    /// <summary>Only what we gave comes back from browsers; anything else is as good as nothing.</summary>
    private static long? VersionIn(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
