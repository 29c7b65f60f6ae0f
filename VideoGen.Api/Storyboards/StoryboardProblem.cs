using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>The errors of requests about storyboards.</summary>
internal static class StoryboardProblem
{
    public static ProblemHttpResult NotFound() => Problem.Create(
        StatusCodes.Status404NotFound, ProblemCode.StoryboardNotFound, "There is no storyboard with this id.");

    public static ProblemHttpResult ShotNotFound() => Problem.Create(
        StatusCodes.Status404NotFound, ProblemCode.ShotNotFound, "This storyboard has no shot with this number.");

    public static ProblemHttpResult StillRunning() => Conflict(
        ProblemCode.StillRunning,
        "This storyboard is still being rendered or joined. Wait until it has ended, or send ?force=true, which cancels its "
        + "shots.");

    public static ProblemHttpResult TooManyStoryboards() => Problem.Invalid(FieldErrors.Of(
        "characterId", "Too many storyboards use this character. Delete some of them."));

    /// <summary>Null if the request was not refused. Adds the headers with the rest of the quotas.</summary>
    public static ProblemHttpResult? Of(HttpResponse response, StoryboardReply reply)
    {
        if (OwnerLimits.Write(response, reply.Quota) is { } limit)
        {
            return limit;
        }

        return reply.Refusal switch
        {
            null => null,
            StoryboardRefusal.NoSuchShot => ShotNotFound(),
            StoryboardRefusal.AlreadyStarted => Conflict(
                ProblemCode.AlreadyStarted, "This has already been submitted. After the first render only the title and the "
                    + "transition of a storyboard can change; use regenerate to change a shot."),
            StoryboardRefusal.ChangedMeanwhile => Conflict(
                ProblemCode.ChangedMeanwhile, "The storyboard was changed at the same moment. Send the request again."),
            StoryboardRefusal.NotStarted => Conflict(
                ProblemCode.NotStarted, "This storyboard has not been rendered yet. Use render first."),
            StoryboardRefusal.StillRunning => Conflict(
                ProblemCode.StillRunning, "This shot is still being rendered. Cancel it first, or wait until it has ended."),
            StoryboardRefusal.NothingToRetry => Conflict(
                ProblemCode.NothingToRetry, "Only what has failed or been canceled can be retried."),
            StoryboardRefusal.AlreadyFinished => Conflict(ProblemCode.AlreadyFinished, "There is nothing left to cancel."),
            StoryboardRefusal.KeyReused => Problem.KeyReused(),
            StoryboardRefusal.TooManyShots => Problem.Invalid(FieldErrors.Of(
                "shots", "shots are more than the quota of this account allows. Split them into several storyboards.")),
            _ => Problem.QueueFull(response, reply.RetryAfter ?? TimeSpan.Zero),
        };
    }

    private static ProblemHttpResult Conflict(string code, string detail) =>
        Problem.Create(StatusCodes.Status409Conflict, code, detail);
}
