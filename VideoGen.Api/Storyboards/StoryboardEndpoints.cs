using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>Creates, reads, lists, changes and deletes storyboards.</summary>
internal static class StoryboardEndpoints
{
    public const string IdDescription = "The id that POST /storyboards returned.";

    public static void MapStoryboards(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes =>
    {
        routes.MapPost("/storyboards", CreateAsync)
            .WithName("createStoryboard").WithTags("Storyboards").WithSummary("Creates a storyboard")
            .WithDescription("Checks everything and renders nothing: use POST /storyboards/{id}/render for that. With an "
                + "Idempotency-Key header the same request creates one storyboard, however often it is sent.")
            .Accepts<StoryboardRequest>("application/json", "*/*")
            .ProducesProblems(400, 408, 413, 415, 422, 429, 503)
            .Audited("create_storyboard");
        routes.MapGet("/storyboards", ListAsync)
            .WithName("listStoryboards").WithTags("Storyboards").WithSummary("Lists storyboards, newest first")
            .WithDescription("If there are older storyboards, the Link header contains the next page: Link: <...>; rel=\"next\".")
            .ProducesProblems(422, 503)
            .AddOpenApiOperationTransformer(PageDocument.CompleteAsync);
        routes.MapGet("/storyboards/{id}", GetAsync)
            .WithName("getStoryboard").WithTags("Storyboards").WithSummary("Returns a storyboard with its shots")
            .ProducesProblems(404, 503);
        routes.MapPatch("/storyboards/{id}", ChangeAsync)
            .WithName("changeStoryboard").WithTags("Storyboards").WithSummary("Changes a storyboard")
            .WithDescription("Before the first render, everything can change; after it only the title and the transition. A new "
                + "transition joins the video again, which costs nothing.")
            .Accepts<StoryboardPatch>("application/json", "*/*")
            .ProducesProblems(400, 404, 408, 409, 413, 415, 422, 503)
            .Audited("change_storyboard");
        routes.MapDelete("/storyboards/{id}", DeleteAsync)
            .WithName("deleteStoryboard").WithTags("Storyboards").WithSummary("Deletes a storyboard")
            .WithDescription("Deletes the joined video. The generations of the shots stay. While it is rendering or joining it "
                + "is deleted only with `?force=true`, which cancels its shots.")
            .ProducesProblems(404, 409, 422, 503)
            .AddOpenApiOperationTransformer(ForceQuery.DocumentAsync)
            .Audited("delete_storyboard");
    });

    private static async Task<Results<Created<StoryboardResource>, ProblemHttpResult>> CreateAsync(
        HttpContext context, StoryboardCreation creation, MediaLinks links)
    {
        var (body, problem) = await JsonBody.ReadAsync(context, StoryboardReader.MaxBytes);
        using (body)
        {
            if (body is null)
            {
                return problem!;
            }

            var errors = new FieldErrors();
            var key = IdempotencyKey.Read(context.Request, errors);
            var (created, refused) = await creation.CreateAsync(context, body.RootElement, key, errors);
            return created is null
                ? refused!
                : TypedResults.Created($"/storyboards/{created.Id}", StoryboardResource.From(created, links));
        }
    }

    private static async Task<Results<Ok<StoryboardResource>, ProblemHttpResult>> GetAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains, MediaLinks links) =>
        await OwnStoryboard.FindAsync(context, grains, id) is { Found: var found }
            ? TypedResults.Ok(StoryboardResource.From(found, links))
            : StoryboardProblem.NotFound();

    private static async Task<Results<Ok<IReadOnlyList<StoryboardResource>>, ProblemHttpResult>> ListAsync(
        HttpContext context, IGrainFactory grains, MediaLinks links,
        [Description(PageQuery.LimitDescription)] string? limit,
        [Description(PageQuery.CursorDescription)] string? cursor)
    {
        var errors = new FieldErrors();
        var query = PageQuery.Read(limit, cursor, errors);
        if (errors.Any)
        {
            return Problem.Invalid(errors);
        }

        var page = await grains.Grain<IStoryboardPageGrain>(IStoryboardPageGrain.Key)
            .ReadAsync(context.Caller().Owner, query.Before, query.Limit);
        query.Link(context, page.Next);
        return TypedResults.Ok<IReadOnlyList<StoryboardResource>>(
            [.. page.Storyboards.Select(storyboard => StoryboardResource.From(storyboard, links))]);
    }

    private static async Task<Results<Ok<StoryboardResource>, ProblemHttpResult>> ChangeAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains, StoryboardReader reader,
        MediaLinks links)
    {
        var (body, problem) = await JsonBody.ReadAsync(context, StoryboardReader.MaxBytes);
        using (body)
        {
            return body is null
                ? problem!
                : await StoryboardEdit.RunAsync(context, grains, id, links, null, async own =>
                {
                    var errors = new FieldErrors();
                    if (await reader.ReadAsync(context, body.RootElement, own.Found, errors) is not { } next || errors.Any)
                    {
                        return (null, Problem.Invalid(errors));
                    }

                    var (before, after) = (own.Found.Settings.Character.Id, next.Settings.Character.Id);
                    if (before != after && await StoryboardCreation.CastAsync(grains, after, own.Found.Id) is { } refused)
                    {
                        return (null, refused);
                    }

                    var reply = await own.Grain.ChangeAsync(own.Found.PlanVersion, next.Settings, next.Shots);
                    if (before != after && reply is { Refusal: null })
                    {
                        await grains.Grain<ICharacterGrain>(before).UncastAsync(own.Found.Id);
                    }

                    return (reply, null);
                });
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains,
        [Description("Also deletes a storyboard that is being rendered, and cancels its shots.")] string? force)
    {
        var errors = new FieldErrors();
        var isForced = ForceQuery.Read(force, errors);
        if (errors.Any)
        {
            return Problem.Invalid(errors);
        }

        return (await OwnStoryboard.FindAsync(context, grains, id) is { } own
            ? await own.Grain.DeleteAsync(isForced)
            : DeleteOutcome.Unknown) switch
        {
            DeleteOutcome.Deleted => TypedResults.NoContent(),
            DeleteOutcome.StillRunning => StoryboardProblem.StillRunning(),
            _ => StoryboardProblem.NotFound(),
        };
    }
}
