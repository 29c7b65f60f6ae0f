using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Generations;
using VideoGen.Api.Hosting;
using VideoGen.Api.Problems;

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
    });

    private static async Task<Results<Ok<GenerationLogResource>, ProblemHttpResult>> GetLogAsync(
        [Description(GenerationEndpoints.IdDescription)] string id, IGrainFactory grains) =>
        GenerationEndpoints.Find(id, grains) is { } grain && await grain.GetLogAsync() is { } logged
            ? TypedResults.Ok(GenerationLogResource.From(logged))
            : Problem.GenerationNotFound(id);
}
