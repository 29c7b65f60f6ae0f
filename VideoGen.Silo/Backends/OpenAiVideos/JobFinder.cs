using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.OpenAiVideos.Verdicts;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>
/// Looks for the job of a submit whose answer was lost. No server takes an id or a key of ours, so that a job can only be
/// recognised in the list of jobs, and only where nobody else can have made one like it: on a server that is ours alone
/// (<c>Exclusive</c>) and renders one video at a time (<c>MaxConcurrent</c> 1), because the slot of this render was held since
/// before it was sent.
/// </summary>
internal sealed class JobFinder(VideoServer server, TimeProvider time)
{
    public async Task<FindOutcome> FindAsync(
        RenderRequest request, RenderPlan plan, RenderJob? lead, CancellationToken cancellationToken)
    {
        var errors = server.ErrorsOf(request.Model);
        if (lead?.StatusPath is { } path)
        {
            return FindVerdict.OfLead(
                lead, PollVerdict.Of(await server.AskAsync(path, plan, cancellationToken), lead, errors, time.GetUtcNow()));
        }

        if (!server.Upstream.IsExclusive || server.Upstream.MaxConcurrent != 1 || plan.PlannedAt is not { } plannedAt)
        {
            return new FindOutcome.CannotTell();
        }

        var answer = await server.AskAsync("/v1/videos?limit=100&order=desc", plan, cancellationToken);
        var sought = Sought(request, plannedAt);
        return FindVerdict.Of(answer, sought, errors, time.GetUtcNow());
    }

    private SoughtJob Sought(RenderRequest render, DateTimeOffset plannedAt)
    {
        var request = render.Request;
        var fields = VideoFields.Of(render, request.Frame, server.ProfileOf(render.Model));
        return new SoughtJob(request.Prompt, plannedAt, server.SubmitTimeout)
        {
            // A video that shows its picture whole has the shape of the picture, which may be gone by now.
            Size = request.Fit is Fit.Contain ? null : Text(fields["size"]),
            Seconds = Text(fields["seconds"]),
            Seed = Text(fields["seed"]),
        };
    }

    private static string? Text(JsonNode? value) => value?.ToString();
}
