using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Storyboards;

/// <summary>Renders a storyboard, and retries or cancels all of it.</summary>
internal static class RenderEndpoints
{
    public static void MapRendering(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes =>
    {
        routes.MapPost("/storyboards/{id}/render", RenderAsync)
            .WithName("renderStoryboard").WithTags("Storyboards").WithSummary("Renders a storyboard")
            .WithDescription("Admits all shots at once, or none: the queue and the quotas must have room for all of them. A "
                + "storyboard that was rendered before is returned as it is.")
            .Costs(RequestCost.Submit)
            .ProducesProblems(404, 422, 429, 503, 507)
            .Audited("render_storyboard");
        routes.MapPost("/storyboards/{id}/retry", RetryAsync)
            .WithName("retryStoryboard").WithTags("Storyboards")
            .WithSummary("Retries all failed and canceled shots, and the join")
            .WithDescription("Each shot continues from the last step whose result can be reused. If there is none, the retry can "
                + "cost money.")
            .Costs(RequestCost.Submit)
            .ProducesProblems(404, 409, 422, 429, 503, 507)
            .Audited("retry_storyboard");
        routes.MapPost("/storyboards/{id}/cancel", CancelAsync)
            .WithName("cancelStoryboard").WithTags("Storyboards").WithSummary("Cancels all shots that are not finished")
            .ProducesProblems(404, 409, 503)
            .Audited("cancel_storyboard");
    });

    private static async Task<Results<Ok<StoryboardResource>, ProblemHttpResult>> RenderAsync(
        [Description(StoryboardEndpoints.IdDescription)] string id, HttpContext context, IGrainFactory grains,
        StoryboardCreation creation, MediaLinks links)
    {
        var errors = new FieldErrors();
        var key = StoryboardKey.Read(context, "render", default, errors);
        if (errors.Any)
        {
            return Problem.Invalid(errors);
        }

        return await StoryboardEdit.RunAsync(context, grains, id, links, key, own => creation.StartAsync(context, own, key));
    }

    private static async Task<Results<Ok<StoryboardResource>, ProblemHttpResult>> RetryAsync(
        [Description(StoryboardEndpoints.IdDescription)] string id, HttpContext context, IGrainFactory grains,
        IStorageHeadroom headroom, MediaLinks links)
    {
        var errors = new FieldErrors();
        var key = StoryboardKey.Read(context, "retry", default, errors);
        return errors.Any ? Problem.Invalid(errors)
            : await StoryboardEdit.RunAsync(context, grains, id, links, key, async own => headroom.HasRoom
                ? (await own.Grain.RetryAsync(null, key), null)
                : (null, Problem.StorageFull()));
    }

    private static Task<Results<Ok<StoryboardResource>, ProblemHttpResult>> CancelAsync(
        [Description(StoryboardEndpoints.IdDescription)] string id, HttpContext context, IGrainFactory grains,
        MediaLinks links) =>
        StoryboardEdit.RunAsync(context, grains, id, links, null, async own => (await own.Grain.CancelAsync(null), null));
}
