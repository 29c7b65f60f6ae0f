using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;

namespace VideoGen.Api.Generations;

/// <summary>Creates, reads and lists generations.</summary>
internal static class GenerationEndpoints
{
    internal const string IdDescription = "The id that POST /generate-video returned.";

    public static void MapGenerations(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes =>
    {
        routes.MapPost("/generate-video", GenerateAsync)
            .WithName("generateVideo").WithTags("Generations").WithSummary("Creates a generation")
            .WithDescription("Returns the generation as soon as it is stored durably. With `Prefer: wait=20` it returns when "
                + "the generation has finished, or after 20 seconds (at most 60). With an Idempotency-Key header it is safe to "
                + "send the same request again within 24 hours.")
            .Accepts<GenerateVideoRequest>("application/json", "*/*")
            .Costs(RequestCost.Submit)
            .ProducesProblems(400, 404, 408, 413, 415, 422, 429, 503, 507)
            .Audited("submit");
        routes.MapGet("/generation/{id}", GetAsync)
            .WithName("getGeneration").WithTags("Generations").WithSummary("Returns a generation")
            .WithDescription(
                "With `Prefer: wait=20` it returns when the generation has finished, or, with If-None-Match, when it has "
                + "changed, and after 20 seconds (at most 60) at the latest. While the generation is unfinished, Retry-After "
                + "says when to poll again.")
            .Costs(RequestCost.Read)
            .ProducesProblems(404, 503);
        routes.MapGet("/generation/{id}/log", GetLogAsync)
            .WithName("getGenerationLog").WithTags("Generations").WithSummary("Returns the log of a generation")
            .WithDescription("Every attempt, wait, provider response and resumption from acceptance to the finished video, "
                + "oldest first.")
            .ProducesProblems(404, 503);
        routes.MapGet("/generations", ListAsync)
            .WithName("listGenerations").WithTags("Generations").WithSummary("Lists generations, newest first")
            .WithDescription("If there are older generations, the Link header contains the next page: Link: <...>; "
                + "rel=\"next\". With a status filter, a page can contain fewer items than limit, or none, and still have a "
                + "next page.")
            .ProducesProblems(422, 503)
            .AddOpenApiOperationTransformer(PageDocument.CompleteAsync);
    });

    private static async Task<Results<Ok<GenerationResource>, ProblemHttpResult>> GenerateAsync(
        HttpContext context, IGrainFactory grains, GenerationCreation creation, Waiting waiting, MediaLinks links)
    {
        var (body, problem) = await JsonBody.ReadAsync(context);
        using (body)
        {
            if (body is null)
            {
                return problem!;
            }

            var errors = new FieldErrors();
            var request = GenerateVideoRequest.Read(body.RootElement, errors);
            var key = IdempotencyKey.Read(context.Request, errors);
            var submission = new GenerationSubmission(context, grains, waiting, key, Fingerprint.OfSubmission(request));
            var earlier = errors.Any ? null : await submission.FindAsync();
            var outcome = earlier ?? await creation.SubmitAsync(context, submission, request, errors);
            return outcome.ToResponse(context, links);
        }
    }

    private static async Task<Results<GenerationAnswer, ProblemHttpResult>> GetAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains, Waiting waiting, MediaLinks links) =>
        await OwnGeneration.FindAsync(context, grains, id) is { } own
        && await waiting.ForChangeAsync(context, own.Found) is { } latest
            ? GenerationAnswer.Of(latest, links)
            : Problem.GenerationNotFound(id);

    private static async Task<Results<Ok<GenerationLogResource>, ProblemHttpResult>> GetLogAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains) =>
        await OwnGeneration.FindAsync(context, grains, id) is { } own && await own.Grain.GetLogAsync() is { } logged
            ? TypedResults.Ok(GenerationLogResource.From(logged))
            : Problem.GenerationNotFound(id);

    private static async Task<Results<Ok<IReadOnlyList<GenerationResource>>, ProblemHttpResult>> ListAsync(
        HttpContext context, IGrainFactory grains, MediaLinks links,
        [Description("The maximum number of generations to return, 1 to 100.")] string? limit,
        [Description("Where the page begins, from the Link header of the previous page.")] string? cursor,
        [Description("The statuses to return, separated by commas.")] string? status)
    {
        var errors = new FieldErrors();
        var query = GenerationListQuery.Read(limit, cursor, status, errors);
        if (errors.Any)
        {
            return Problem.Invalid(errors);
        }

        var list = await GenerationList.ReadAsync(grains, context.Caller().Owner, query, links);
        query.Link(context, list.Next);
        return TypedResults.Ok(list.Items);
    }
}
