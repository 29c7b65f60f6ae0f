using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>
/// A request that changes a storyboard on the basis of what it is: when somebody else has changed it meanwhile, it is read again.
/// </summary>
internal static class StoryboardEdit
{
    private const int MaxTries = 3;

    public static async Task<Results<Ok<StoryboardResource>, ProblemHttpResult>> RunAsync(
        HttpContext context, IGrainFactory grains, string id, MediaLinks links, UsedKey? key,
        Func<OwnStoryboard, Task<(StoryboardReply? Reply, ProblemHttpResult? Problem)>> edit)
    {
        for (var tries = 1; ; tries++)
        {
            if (await OwnStoryboard.FindAsync(context, grains, id) is not { } own)
            {
                return StoryboardProblem.NotFound();
            }

            // A request that was carried out before is not checked again: its picture or the disk space may be gone.
            var earlier = key is null ? null : await own.Grain.FindKeyAsync(key);
            var (reply, problem) = earlier is null ? await edit(own) : (earlier, null);
            if (problem is not null)
            {
                return problem;
            }

            if (reply is null)
            {
                return StoryboardProblem.NotFound();
            }

            if (reply.Refusal is StoryboardRefusal.ChangedMeanwhile && tries < MaxTries)
            {
                continue;
            }

            if (reply.IsReplay)
            {
                context.Response.Headers["Idempotency-Replayed"] = "true";
            }

            return StoryboardProblem.Of(context.Response, reply) is { } refused
                ? refused
                : TypedResults.Ok(StoryboardResource.From(reply.Storyboard, links));
        }
    }
}
