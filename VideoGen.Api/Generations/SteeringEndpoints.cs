using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Generations;

/// <summary>Cancels, retries, regenerates and deletes a generation.</summary>
internal static class SteeringEndpoints
{
    private const string IdDescription = GenerationEndpoints.IdDescription;

    public static void MapSteering(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes =>
    {
        routes.MapPost("/generation/{id}/cancel", PostCancelAsync)
            .WithName("cancelGeneration").WithTags("Generations").WithSummary("Cancels a generation")
            .WithDescription("The request is stored at once. The stage is canceling until the provider has responded.")
            .ProducesProblems(404, 409, 503)
            .Audited("cancel");
        routes.MapPost("/generation/{id}/retry", RetryAsync)
            .WithName("retryGeneration").WithTags("Generations").WithSummary("Retries a failed or canceled generation")
            .WithDescription("Continues from the last step whose result can be reused. If there is none, the retry can cost "
                + "money.")
            .Costs(RequestCost.Submit)
            .ProducesProblems(404, 409, 410, 429, 503, 507)
            .Audited("retry");
        routes.MapPost("/generation/{id}/regenerate", RegenerateAsync)
            .WithName("regenerateGeneration").WithTags("Generations")
            .WithSummary("Creates another generation from the same input")
            .WithDescription("Returns a new generation with another seed. Its regeneratedFrom is the id of this one.")
            .Costs(RequestCost.Submit)
            .ProducesProblems(404, 410, 422, 429, 503, 507)
            .Audited("regenerate");
        routes.MapDelete("/generation/{id}", DeleteAsync)
            .WithName("deleteGeneration").WithTags("Generations").WithSummary("Deletes a finished generation")
            .WithDescription("Deletes the video and its poster and removes the generation from all lists. The uploaded picture "
                + "stays.")
            .ProducesProblems(404, 409, 503)
            .Audited("delete");
    });

    /// <summary>Cancels an own generation, in every dialect: what it is then, or the problem.</summary>
    public static async Task<(GenerationSnapshot? Generation, ProblemHttpResult? Problem)> CancelAsync(
        HttpContext context, IGrainFactory grains, string id) =>
        await OwnGeneration.FindAsync(context, grains, id) is not { } own || await own.Grain.CancelAsync() is not { } generation
            ? (null, Problem.GenerationNotFound(id))
            : generation.Status is GenerationStatus.Completed or GenerationStatus.Failed or GenerationStatus.Expired
                ? (null, Problem.AlreadyFinished(generation.Id))
                : (generation, null);

    private static async Task<Results<Ok<GenerationResource>, ProblemHttpResult>> PostCancelAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains, MediaLinks links)
    {
        var (generation, problem) = await CancelAsync(context, grains, id);
        return generation is null ? problem! : TypedResults.Ok(GenerationResource.From(generation, links));
    }

    private static async Task<Results<Ok<GenerationResource>, ProblemHttpResult>> RetryAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains, IStorageHeadroom headroom,
        MediaLinks links) =>
        await OwnGeneration.FindAsync(context, grains, id) is not { } own ? Problem.GenerationNotFound(id)
            : own.Found.Expiry is { } expiry ? Problem.GenerationExpired(own.Found.Id, ExpiryResource.SentenceOf(expiry.Reason))
            : own.Found.Status is not (GenerationStatus.Failed or GenerationStatus.Canceled)
                ? Problem.NothingToRetry(own.Found.Id)
            : !headroom.HasRoom ? Problem.StorageFull().Of(own.Found.Id)
            : await own.Grain.OrderAgainAsync() is not { } reply ? Problem.GenerationNotFound(id)
            : OwnerLimits.Write(context.Response, reply.Allowance) is { } refusal ? refusal.Of(own.Found.Id)
            : TypedResults.Ok(GenerationResource.From(reply.Generation!, links));

    private static async Task<Results<Ok<GenerationResource>, ProblemHttpResult>> RegenerateAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains, GenerationCreation creation,
        Waiting waiting, MediaLinks links)
    {
        var errors = new FieldErrors();
        var key = IdempotencyKey.Read(context.Request, errors);
        if (errors.Any)
        {
            return Problem.Invalid(errors);
        }

        if (await OwnGeneration.FindAsync(context, grains, id) is not { Found: var original })
        {
            return Problem.GenerationNotFound(id);
        }

        var submission = new GenerationSubmission(context, grains, waiting, key, Fingerprint.OfRegeneration(original.Id));
        var outcome = await creation.RegenerateAsync(context, submission, original);
        return outcome.ToResponse(context, links);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains) =>
        (await OwnGeneration.FindAsync(context, grains, id) is { } own
            ? await own.Grain.DeleteAsync()
            : DeleteOutcome.Unknown) switch
        {
            DeleteOutcome.Deleted => TypedResults.NoContent(),
            DeleteOutcome.StillRunning => Problem.StillRunning(id),
            _ => Problem.GenerationNotFound(id),
        };
}
