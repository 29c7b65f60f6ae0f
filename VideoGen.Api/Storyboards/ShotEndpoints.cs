using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>Changes, regenerates, retries and cancels one shot of a storyboard.</summary>
internal static class ShotEndpoints
{
    private const string IdDescription = StoryboardEndpoints.IdDescription;
    private const string NumberDescription = "The number of the shot, from 1.";

    public static void MapShots(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes =>
    {
        routes.MapPatch("/storyboards/{id}/shots/{number:int}", ChangeAsync)
            .WithName("changeShot").WithTags("Storyboards").WithSummary("Changes a shot that has not started")
            .Accepts<ShotPatch>("application/json", "*/*")
            .ProducesProblems(400, 404, 408, 409, 413, 415, 422, 503)
            .Audited("change_shot");
        routes.MapPost("/storyboards/{id}/shots/{number:int}/regenerate", RegenerateAsync)
            .WithName("regenerateShot").WithTags("Storyboards").WithSummary("Regenerates a shot")
            .WithDescription("Creates another generation for the shot, with another seed and what the body changes. The shot "
                + "keeps its video until the new one is finished; then the storyboard is joined again, which costs nothing. "
                + "Other shots are not rendered again.")
            .Accepts<ShotPatch>("application/json", "*/*")
            .Costs(RequestCost.Submit)
            .ProducesProblems(400, 404, 408, 409, 413, 415, 422, 429, 503, 507)
            .Audited("regenerate_shot");
        routes.MapPost("/storyboards/{id}/shots/{number:int}/retry", RetryAsync)
            .WithName("retryShot").WithTags("Storyboards").WithSummary("Retries a failed or canceled shot")
            .WithDescription("Continues from the last step whose result can be reused. If there is none, the retry can cost money.")
            .Costs(RequestCost.Submit)
            .ProducesProblems(404, 409, 422, 429, 503, 507)
            .Audited("retry_shot");
        routes.MapPost("/storyboards/{id}/shots/{number:int}/cancel", CancelAsync)
            .WithName("cancelShot").WithTags("Storyboards").WithSummary("Cancels a shot")
            .WithDescription("A shot that is being regenerated keeps its video.")
            .ProducesProblems(404, 409, 503)
            .Audited("cancel_shot");
    });

    private static async Task<Results<Ok<StoryboardResource>, ProblemHttpResult>> ChangeAsync(
        [Description(IdDescription)] string id, [Description(NumberDescription)] int number, HttpContext context,
        IGrainFactory grains, ShotReader reader, MediaLinks links)
    {
        var (body, problem) = await JsonBody.ReadAsync(context);
        using (body)
        {
            return body is null
                ? problem!
                : await StoryboardEdit.RunAsync(context, grains, id, links, null, async own =>
                {
                    var (plan, invalid) = await ReadAsync(context, own.Found, number, body.RootElement, reader);
                    return invalid is null
                        ? (await own.Grain.ChangeShotAsync(own.Found.PlanVersion, number, plan!), null)
                        : (null, invalid);
                });
        }
    }

    private static async Task<Results<Ok<StoryboardResource>, ProblemHttpResult>> RegenerateAsync(
        [Description(IdDescription)] string id, [Description(NumberDescription)] int number, HttpContext context,
        IGrainFactory grains, ShotReader reader, IStorageHeadroom headroom, MediaLinks links)
    {
        var (body, problem) = await OptionalBodyAsync(context);
        using (body)
        {
            if (problem is not null)
            {
                return problem;
            }

            var errors = new FieldErrors();
            var key = StoryboardKey.Read(context, $"regenerate {number}", body?.RootElement ?? default, errors);
            if (errors.Any)
            {
                return Problem.Invalid(errors);
            }

            return await StoryboardEdit.RunAsync(context, grains, id, links, key, async own =>
            {
                if (!headroom.HasRoom)
                {
                    return (null, Problem.StorageFull());
                }

                if (body is null)
                {
                    return number < 1
                        ? (null, StoryboardProblem.ShotNotFound())
                        : (await own.Grain.RegenerateAsync(number, own.Found.PlanVersion, null, key), null);
                }

                var (plan, invalid) = await ReadAsync(context, own.Found, number, body.RootElement, reader);
                return invalid is null
                    ? (await own.Grain.RegenerateAsync(number, own.Found.PlanVersion, plan, key), null)
                    : (null, invalid);
            });
        }
    }

    private static async Task<Results<Ok<StoryboardResource>, ProblemHttpResult>> RetryAsync(
        [Description(IdDescription)] string id, [Description(NumberDescription)] int number, HttpContext context,
        IGrainFactory grains, IStorageHeadroom headroom, MediaLinks links)
    {
        var errors = new FieldErrors();
        var key = StoryboardKey.Read(context, $"retry {number}", default, errors);
        return errors.Any ? Problem.Invalid(errors)
            : await StoryboardEdit.RunAsync(context, grains, id, links, key, async own =>
                number < 1 ? (null, StoryboardProblem.ShotNotFound())
                : headroom.HasRoom ? (await own.Grain.RetryAsync(number, key), null)
                : (null, Problem.StorageFull()));
    }

    private static Task<Results<Ok<StoryboardResource>, ProblemHttpResult>> CancelAsync(
        [Description(IdDescription)] string id, [Description(NumberDescription)] int number, HttpContext context,
        IGrainFactory grains, MediaLinks links) =>
        StoryboardEdit.RunAsync(context, grains, id, links, null, async own => number < 1
            ? (null, StoryboardProblem.ShotNotFound())
            : (await own.Grain.CancelAsync(number), null));

    /// <summary>The shot as it would be, and whether the storyboard may have it.</summary>
    private static async Task<(ShotPlan? Plan, ProblemHttpResult? Problem)> ReadAsync(
        HttpContext context, StoryboardSnapshot storyboard, int number, JsonElement json, ShotReader reader)
    {
        if (number < 1 || number > storyboard.Shots.Length)
        {
            return (null, StoryboardProblem.ShotNotFound());
        }

        var errors = new FieldErrors();
        var plan = await reader.ReadAsync(context, json, storyboard.Shots[number - 1].Plan, null, errors);
        StoryboardReader.CheckStarts(
            [.. storyboard.Shots.Select((shot, index) => index == number - 1 ? plan : shot.Plan)], errors);
        return errors.Any ? (null, Problem.Invalid(errors)) : (plan, null);
    }

    /// <summary>No body at all means that nothing changes.</summary>
    private static async Task<(JsonDocument? Body, ProblemHttpResult? Problem)> OptionalBodyAsync(HttpContext context) =>
        context.Request.ContentLength is 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            ? (null, null)
            : await JsonBody.ReadAsync(context);
}
