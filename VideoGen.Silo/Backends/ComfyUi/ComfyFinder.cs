using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>
/// Looks for the job of a submit whose answer was lost. The id is ours, so a server that does not know it has not taken the
/// job, except that it validates a graph for seconds before it knows it: it is asked several times, and about a job that costs
/// money for as long as a submit may take.
/// </summary>
internal sealed class ComfyFinder(ComfyServer server, TimeProvider time)
{
    /// <summary>
    /// The pauses between two looks. A large graph is validated for some seconds, also when its sender is gone.
    /// </summary>
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)];

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    public async Task<FindOutcome> FindAsync(RenderPlan plan, CancellationToken cancellationToken)
    {
        if (plan is not { SubmitId: { } submitId, PlannedAt: { } plannedAt })
        {
            return new FindOutcome.CannotTell();
        }

        foreach (var pause in Pauses)
        {
            await Task.Delay(pause, time, cancellationToken);
            if (await LookAsync(submitId, cancellationToken) is { } found)
            {
                return found;
            }
        }

        return await server.FileOfAsync(submitId, cancellationToken) switch
        {
            (var error, _) when error is not null => new FindOutcome.Unavailable(error),
            (_, { }) => new FindOutcome.Found(ComfyFile.JobOf(submitId, submitId)),    // it made the video, and was restarted
            _ when IsPaid(plan) && time.GetUtcNow() - plannedAt < server.SubmitTimeout =>
                new FindOutcome.Unavailable(server.Says.NotThere, LookAgain),
            _ => new FindOutcome.NotThere(server.Says.NotThere)
            {
                MayBeForgotten = !await server.Jobs.ReachBackToAsync(plannedAt, cancellationToken),
            },
        };
    }

    private bool IsPaid(RenderPlan plan) => plan.RepeatCostsMoney || server.Upstream.RepeatCostsMoney;

    /// <summary>Null when the server does not know the job.</summary>
    private async Task<FindOutcome?> LookAsync(string submitId, CancellationToken cancellationToken)
    {
        var (version, whyNot) = await server.AskVersionAsync(cancellationToken);
        if (version is null)
        {
            return new FindOutcome.Unavailable(whyNot!);
        }

        return await server.Jobs.OfSubmitAsync(submitId, version, cancellationToken) switch
        {
            (_, ComfyJob.Unknown) => null,
            (_, ComfyJob.NoAnswer away) => new FindOutcome.Unavailable(away.Error, away.RetryAfter),
            var (id, _) => new FindOutcome.Found(ComfyFile.JobOf(id, submitId)),
        };
    }
}
