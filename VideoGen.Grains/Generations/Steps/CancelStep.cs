using Microsoft.Extensions.Logging;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Asks the backend to stop the job, until it answers or <see cref="GenerationOptions.CancelPatience"/> has passed.
/// </summary>
internal sealed partial class CancelStep(GenerationContext context)
{
    private readonly ILogger _log = context.Tools.Log;
    private Elapsed? _requested;

    public async Task RunAsync(CancellationToken stop)
    {
        if (context.Inconclusive > 0 && IsLate())
        {
            await context.WriteAsync(generation => generation.CancelAnswered(CancelOutcome.Unavailable, context.Now));
            return;
        }

        var outcome = context.Backend is { } backend
            ? await backend.CancelAsync(context.RenderRequest, context.Attempt.Plan, context.Attempt.Job!, stop)
            : CancelOutcome.NotPossible;
        LogAnswered(context.Id, context.Attempt.Backend, outcome);
        if (outcome is CancelOutcome.Unavailable && !IsLate())
        {
            await context.PauseAsync(LedgerErrors.Unclassified, null, stop);
            return;
        }

        await context.WriteAsync(generation => generation.CancelAnswered(outcome, context.Now));
    }

    private bool IsLate()
    {
        var requestedAt = context.Generation.Cancellation!.RequestedAt;
        _requested = _requested?.Since == requestedAt ? _requested : new Elapsed(context.Tools.Time, requestedAt);
        return _requested.Time > context.Options.CancelPatience;
    }

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId}: {Backend} answered the cancel with {Outcome}")]
    private partial void LogAnswered(string generationId, string backend, CancelOutcome outcome);
}
