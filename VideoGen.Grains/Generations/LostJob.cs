using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Steps;

namespace VideoGen.Grains.Generations;

/// <summary>The job of a last submit whose outcome was unknown: a retry looks for it once more before it pays.</summary>
internal sealed class LostJob(GenerationContext context)
{
    /// <summary>How long the backend may take to answer: the request of the user must be answered, too.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    /// <summary>A job that has become known since, or that its backend finds now; null when there is none.</summary>
    public async Task<RenderJob?> FindAsync()
    {
        if (!context.Generation.MayHaveOutcome)
        {
            return null;
        }

        var recorded = await context.Tools.Records.ReadAsync(context.Id, context.Generation.AttemptNumber);
        if (recorded is SubmitOutcome.Accepted accepted)
        {
            return accepted.Job;
        }

        if (context.Backend is not { } backend)
        {
            return null;
        }

        var lead = (recorded as SubmitOutcome.Unknown)?.Lead;
        using var limit = new CancellationTokenSource(Timeout, context.Tools.Time);
        try
        {
            var outcome = await backend.FindAsync(context.RenderRequest, context.Attempt.Plan, lead, limit.Token);
            return (outcome as FindOutcome.Found)?.Job;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return null;    // the user decided to pay again if it is not found
        }
    }
}
