using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Generations;

/// <summary>Orders films, tells how they stand, and lists them.</summary>
internal static class GenerationEndpoints
{
    internal const string IdDescription = "The id that POST /generate-video returned.";

    public static void MapGenerations(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes =>
    {
        routes.MapPost("/generate-video", GenerateAsync)
            .WithName("generateVideo").WithTags("Generations").WithSummary("Orders a film")
            .WithDescription("Answers as soon as the order is stored durably, with the generation as it stands; with `Prefer: wait=20` "
                + "when the film is done, or after 20 seconds (at most 60). The header Idempotency-Key makes it safe to send the same "
                + "order again within 24 hours.")
            .Accepts<GenerateVideoRequest>("application/json", "*/*")
            .Costs(RequestCost.Submit)
            .ProducesProblems(400, 404, 408, 413, 415, 422, 429, 503, 507)
            .Audited("submit");
        routes.MapGet("/generation/{id}", GetAsync)
            .WithName("getGeneration").WithTags("Generations").WithSummary("Tells how a generation stands")
            .WithDescription(
                "With `Prefer: wait=20` it answers when the generation has ended, or with If-None-Match when it has changed, and after "
                + "20 seconds (at most 60) in any case. While it is unfinished, Retry-After says when to ask again.")
            .Costs(RequestCost.Read)
            .ProducesProblems(404, 503);
        routes.MapGet("/generation/{id}/log", GetLogAsync)
            .WithName("getGenerationLog").WithTags("Generations").WithSummary("Tells what happened to a generation, and when")
            .WithDescription("From acceptance to the film, oldest first: every attempt, wait, answer of a provider and resumption.")
            .ProducesProblems(404, 503);
        routes.MapGet("/generations", ListAsync)
            .WithName("listGenerations").WithTags("Generations").WithSummary("Lists generations, newest first")
            .WithDescription("When older ones follow, the header Link names the next page: Link: <...>; rel=\"next\". With status a page "
                + "may hold fewer than limit, even none, and still have a next one.")
            .ProducesProblems(422, 503)
            .AddOpenApiOperationTransformer(ListDocument.CompleteAsync);
    });

    private static async Task<Results<Ok<GenerationResource>, ProblemHttpResult>> GenerateAsync(
        HttpContext context, IGrainFactory grains, UploadLibrary pictures, IStorageHeadroom headroom, WebhookUrls receivers, Waiting waiting,
        MediaLinks links)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(context);
        using (body)
        {
            if (body is null)
            {
                return unreadable!;
            }

            var errors = new FieldErrors();
            var request = GenerateVideoRequest.Read(body.RootElement, errors);
            var order = new GenerationSubmission(context, grains, waiting, links, IdempotencyKey.Read(context.Request, errors), Fingerprint.OfOrder(request));
            if (!errors.Any && await order.FindAsync() is { } earlier)
            {
                return earlier;
            }

            var image = CharacterImageUrl.NameIn(request.CharacterImageUrl, context.Request.Host);
            if (image is null || !MediaOwner.Owns(context.Caller().Owner, image)
                || !await pictures.HoldAsync(image, context.RequestAborted))
            {
                errors.Add("characterImageUrl", "characterImageUrl must be the address of a picture that was uploaded here.");
            }

            var webhookUrl = receivers.Of(context.Caller().Owner, request.WebhookUrl, errors);
            return errors.Any ? Problem.Invalid(errors)
                : headroom.HasRoom ? await order.SubmitAsync(request.ToGenerationRequest(context.Caller().Owner, image!, webhookUrl))
                : Problem.StorageFull();
        }
    }

    private static async Task<Results<GenerationAnswer, ProblemHttpResult>> GetAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains, Waiting waiting, MediaLinks links) =>
        await OwnGeneration.FindAsync(context, grains, id) is { } own
        && await waiting.ForNewsAsync(context, own.Found) is { } latest
            ? GenerationAnswer.Of(latest, links)
            : Problem.GenerationNotFound(id);

    private static async Task<Results<Ok<GenerationLogResource>, ProblemHttpResult>> GetLogAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains) =>
        await OwnGeneration.FindAsync(context, grains, id) is { } own && await own.Grain.GetLogAsync() is { } logged
            ? TypedResults.Ok(GenerationLogResource.From(logged))
            : Problem.GenerationNotFound(id);

    private static async Task<Results<Ok<IReadOnlyList<GenerationResource>>, ProblemHttpResult>> ListAsync(
        HttpContext context, IGrainFactory grains, MediaLinks links,
        [Description("How many, 1 to 100.")] string? limit,
        [Description("Where to go on, from the Link header of the page before.")] string? cursor,
        [Description("Only those of these statuses, with commas between them.")] string? status)
    {
        var errors = new FieldErrors();
        var query = GenerationListQuery.Read(limit, cursor, status, errors);
        if (errors.Any)
        {
            return Problem.Invalid(errors);
        }

        var list = await GenerationList.ReadAsync(grains, context.Caller().Owner, query, links);
        if (list.Next is { } next)
        {
            context.Response.Headers.Link = $"<{context.Request.Path}{query.From(next)}>; rel=\"next\"";
        }

        return TypedResults.Ok(list.Items);
    }
}
