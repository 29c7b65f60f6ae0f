using Microsoft.Extensions.Logging;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Writes the ledger line for the outcome of a submit, and updates the queue. The outcome is recorded already, so all of this may
/// be repeated.
/// </summary>
internal sealed partial class OutcomeStep(GenerationContext context)
{
    private readonly FindStep _find = new(context);
    private readonly ILogger _log = context.Tools.Log;

    public Task WriteAsync(SubmitOutcome outcome, CancellationToken stop) => outcome switch
    {
        SubmitOutcome.Accepted accepted => AcceptAsync(accepted),
        SubmitOutcome.NotAccepted { Scope: VerdictScope.Order } refused => RefuseAsync(refused),
        SubmitOutcome.NotAccepted refused => PauseAsync(refused),
        _ => DoubtAsync((SubmitOutcome.Unknown)outcome, stop),
    };

    private async Task AcceptAsync(SubmitOutcome.Accepted accepted)
    {
        var backend = context.Attempt.Backend;
        LogSubmitted(context.Id, context.Attempt.Number, backend, accepted.Job.Id);
        await context.WriteAsync(generation => generation.Submitted(accepted.Job, context.Now));
        await context.Slot.ResumeAsync(backend);
    }

    private async Task RefuseAsync(SubmitOutcome.NotAccepted refused)
    {
        var backend = context.Attempt.Backend;
        LogRefused(context.Id, context.Attempt.Number, refused.Error.Code, refused.Error.ProviderStatus);
        var retryAt = context.Now + RetryDelay(refused.RetryAfter);
        await context.WriteAsync(generation =>
            generation.NotAccepted(refused.Error, refused.Transient, retryAt, context.Options.MaxAttempts, context.Now));
        await context.Slot.ResumeAsync(backend);
        await context.Slot.GiveBackAsync(backend);
        if (context.Generation.IsUnfinished)
        {
            context.View.Show(new LiveState(GenerationStage.WaitingForCapacity, WaitReason: refused.Error.Message));
        }
    }

    /// <summary>
    /// The refusal is about the model or the account: no generation fails because of it, and all of them show why they wait.
    /// </summary>
    private async Task PauseAsync(SubmitOutcome.NotAccepted refused)
    {
        var (backend, model) = (context.Attempt.Backend, context.Attempt.Plan.Model);
        LogRefused(context.Id, context.Attempt.Number, refused.Error.Code, refused.Error.ProviderStatus);
        await context.WriteAsync(generation => generation.SentBack(refused.Error, context.Now));
        if (context.Generation.IsUnfinished)
        {
            var retryAfter = refused.RetryAfter ?? (refused.Transient ? context.Options.FirstRetryDelay : null as TimeSpan?);
            await context.Slot.PauseAsync(backend, refused.Error, refused.Scope, model, retryAfter);
        }
        else
        {
            await context.Slot.GiveBackAsync(backend);
        }
    }

    /// <summary>Asks the backend for the job of a submit whose outcome is unknown; false when that stays unknown.</summary>
    public async Task<bool> FindAsync(RenderJob? lead, CancellationToken stop)
    {
        switch (await _find.RunAsync(lead, stop))
        {
            case FindOutcome.Found found:
                await AcceptAsync(new SubmitOutcome.Accepted(found.Job));
                return true;
            case FindOutcome.NotThere absent when !(absent.MayBeForgotten && context.Attempt.RepeatCostsMoney):
                await RefuseAsync(new SubmitOutcome.NotAccepted(absent.Error, Transient: true));
                return true;
            default:
                return false;
        }
    }

    private async Task DoubtAsync(SubmitOutcome.Unknown unknown, CancellationToken stop)
    {
        if (await FindAsync(unknown.Lead, stop))
        {
            return;
        }

        var backend = context.Attempt.Backend;
        LogUnknown(context.Id, context.Attempt.Number, unknown.Error.Code, unknown.Error.ProviderStatus);
        await context.WriteAsync(generation =>
            generation.OutcomeUnknown(unknown.Error, context.Now + RetryDelay(null), context.Options.MaxAttempts, context.Now));
        await context.Slot.GiveBackAsync(backend);
    }

    private TimeSpan RetryDelay(TimeSpan? asked) => Backoff.Delay(
        context.Generation.AttemptsUsed, context.Options.FirstRetryDelay, context.Options.MaxRetryDelay, asked,
        Random.Shared.NextDouble());

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId}, attempt {Attempt}: {Backend} accepted it as job {JobId}")]
    private partial void LogSubmitted(string generationId, int attempt, string backend, string jobId);

    [LoggerMessage(LogLevel.Warning,
        "Generation {GenerationId}, attempt {Attempt} was not accepted: {Code} (HTTP {ProviderStatus})")]
    private partial void LogRefused(string generationId, int attempt, string code, int? providerStatus);

    [LoggerMessage(LogLevel.Warning,
        "Generation {GenerationId}, attempt {Attempt}: it is unknown whether it was accepted: {Code} (HTTP {ProviderStatus})")]
    private partial void LogUnknown(string generationId, int attempt, string code, int? providerStatus);
}
