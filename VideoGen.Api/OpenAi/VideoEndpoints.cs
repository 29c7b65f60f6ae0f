using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.OpenAi;

/// <summary>Creates, reads, lists, remixes and deletes videos as OpenAI's SDKs do.</summary>
internal static class VideoEndpoints
{
    internal const string IdDescription = "The id of the video.";

    public static void MapVideos(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/videos", CreateAsync)
            .Documented("createVideo", "Creates a video", "A form or JSON. The picture is `input_reference`: a file, a data URL, "
                + "or the address of an upload. With an Idempotency-Key header it is safe to send the same request again.")
            .Accepts<CreateVideoBody>("multipart/form-data", "application/json", "*/*")
            .Costs(RequestCost.Submit).Costs(RequestCost.Upload)
            .ProducesErrors(400, 401, 408, 413, 415, 429, 503, 507)
            .Audited("submit");
        routes.MapGet("/videos", ListAsync)
            .Documented("listVideos", "Lists videos", "`after` is the `last_id` of the page before. It may have been deleted.")
            .ProducesErrors(400, 401, 503);
        routes.MapGet("/videos/{id}", GetAsync)
            .Documented("getVideoStatus", "Returns a video", "Poll it until its status is `completed` or `failed`.")
            .ProducesErrors(401, 404, 503);
        routes.MapDelete("/videos/{id}", DeleteAsync)
            .Documented("deleteVideo", "Deletes a video", "One that is not complete is canceled.")
            .ProducesErrors(401, 404, 409, 503)
            .Audited("delete");
        routes.MapPost("/videos/{id}/remix", RemixAsync)
            .Documented("remixVideo", "Makes a video again with another prompt", "The picture, length and size are the same.")
            .Accepts<RemixVideoBody>("application/json", "multipart/form-data", "*/*")
            .Costs(RequestCost.Submit)
            .ProducesErrors(400, 401, 404, 408, 410, 413, 415, 429, 503, 507)
            .Audited("regenerate");
    }

    private static async Task<Results<Ok<VideoResource>, ProblemHttpResult>> CreateAsync(
        HttpContext context, VideoBodyReader reader, VideoCreation creation)
    {
        var (body, problem) = await reader.ReadAsync(context);
        using (body)
        {
            return body is null ? problem! : Answer(context, await creation.SubmitAsync(context, body));
        }
    }

    private static async Task<Results<Ok<VideoResource>, ProblemHttpResult>> GetAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains) =>
        await FindAsync(context, grains, id) is { } own
            ? TypedResults.Ok(VideoResource.From(own.Found).Announced(context.Response))
            : Problem.GenerationNotFound();

    private static async Task<Results<Ok<VideoListResource>, ProblemHttpResult>> ListAsync(
        HttpContext context, IGrainFactory grains,
        [Description("The maximum number of videos to return, 1 to 100; 20 by default.")] string? limit,
        [Description("The id after which the page begins.")] string? after,
        [Description("desc (newest first, the default) or asc.")] string? order)
    {
        var (query, problem) = VideoListQuery.Read(limit, after, order);
        return query is null ? problem! : TypedResults.Ok(await VideoList.ReadAsync(context, grains, query));
    }

    private static async Task<Results<Ok<DeletedVideoResource>, ProblemHttpResult>> DeleteAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains)
    {
        if (await FindAsync(context, grains, id) is not { } own)
        {
            return Problem.GenerationNotFound();
        }

        return await own.Grain.DiscardAsync() is DeleteOutcome.StillRunning
            ? Problem.StillRunning(own.Found.Id)    // its outcome became known at this moment
            : TypedResults.Ok(DeletedVideoResource.Of(own.Found.Id));
    }

    private static async Task<Results<Ok<VideoResource>, ProblemHttpResult>> RemixAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains, VideoBodyReader reader,
        GenerationCreation creation, Waiting waiting, ClientRetries retries)
    {
        var (body, problem) = await reader.ReadAsync(context, hasPicture: false);
        using (body)
        {
            if (body is null)
            {
                return problem!;
            }

            var errors = new FieldErrors();
            var script = VideoFields.ToRequest(body.Fields, VideoSize.Default, null, "", errors).Script;
            var key = IdempotencyKey.Read(context.Request, errors);
            if (errors.Any)
            {
                return Problem.Invalid(errors);
            }

            if (await FindAsync(context, grains, id) is not { Found: var original })
            {
                return Problem.GenerationNotFound();
            }

            var fingerprint = Fingerprint.Of($"remix:{original.Id}:{script}");
            var submission = new GenerationSubmission(context, grains, waiting, key, fingerprint, retries);
            return Answer(
                context, await creation.RegenerateAsync(context, submission, original, script, WebhookForm.OpenAi));
        }
    }

    public static async Task<OwnGeneration?> FindAsync(HttpContext context, IGrainFactory grains, string id) =>
        VideoId.TryRead(id, out var generationId) ? await OwnGeneration.FindAsync(context, grains, generationId) : null;

    private static Results<Ok<VideoResource>, ProblemHttpResult> Answer(HttpContext context, SubmissionOutcome outcome) =>
        outcome.Generation is { } generation
            ? TypedResults.Ok(VideoResource.From(generation).Announced(context.Response))
            : outcome.Problem!;
}
