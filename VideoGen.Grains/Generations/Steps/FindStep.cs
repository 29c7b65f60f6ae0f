using VideoGen.Grains.Backends;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Asks the backend for the job of a submit whose outcome is unknown, before the outcome is called unknown. A backend that does
/// not answer is asked again for as long as other doubts take.
/// </summary>
internal sealed class FindStep(GenerationContext context)
{
    public async Task<FindOutcome> RunAsync(RenderJob? lead, CancellationToken stop)
    {
        var began = context.Tools.Time.GetTimestamp();
        while (true)
        {
            var outcome = context.Backend is { } backend
                ? await backend.FindAsync(context.RenderRequest, context.Attempt.Plan, lead, stop)
                : new FindOutcome.CannotTell();
            if (outcome is not FindOutcome.Unavailable later)
            {
                return outcome;
            }

            if (context.Tools.Time.GetElapsedTime(began) >= context.Options.SuspectTime)
            {
                return new FindOutcome.CannotTell();
            }

            await context.PauseAsync(later.Error, later.RetryAfter, stop);
        }
    }
}
