using Microsoft.Extensions.Logging;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>Ends an attempt that has exceeded its deadline; the backend is asked to stop its job.</summary>
internal sealed partial class OverdueStep(GenerationContext context)
{
    private readonly ILogger _log = context.Tools.Log;

    public async Task RunAsync(CancellationToken stop)
    {
        var isStopped = false;
        if (context.Generation.NextStep is LedgerStep.Poll && context.Backend is { } backend)
        {
            var outcome = await backend.CancelAsync(context.RenderRequest, context.Attempt.Plan, context.Attempt.Job!, stop);
            LogOverdue(context.Id, outcome);
            isStopped = outcome is CancelOutcome.Confirmed;
        }

        var error = LedgerErrors.DeadlineExceeded(context.Generation, context.Options.Deadline, context.LastReason);
        await context.WriteAsync(generation => generation.Overdue(error, isStopped, context.Now));
    }

    [LoggerMessage(LogLevel.Warning, "Generation {GenerationId} is overdue; cancel at the backend: {Outcome}")]
    private partial void LogOverdue(string generationId, CancelOutcome outcome);
}
