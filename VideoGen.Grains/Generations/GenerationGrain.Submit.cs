using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;

namespace VideoGen.Grains.Generations;

/// <summary>From the turn in the queue to the outcome of the submit.</summary>
internal sealed partial class GenerationGrain
{
    private async Task SubmitStepAsync(CancellationToken stop)
    {
        if (_generation.RetryAt is { } retryAt && retryAt > Now)
        {
            await WaitAsync(retryAt - Now, stop);
            return;
        }

        var backend = backends.Current;
        if (!await HoldsSlotAsync(backend.Name, stop))
        {
            return;
        }

        _firstSlotAt ??= Now;
        Show(LiveState.Submitting);
        var order = new RenderOrder(Id, _generation.AttemptNumber + 1, _generation.Request!);
        switch (await backend.PlanAsync(order, stop))
        {
            case PlanOutcome.Planned planned:
                await IntendAsync(backend, planned);
                break;
            case PlanOutcome.Refused refused:
                await WriteAsync(generation => generation.Failed(refused.Error, Now));
                break;
            case PlanOutcome.Unavailable unavailable:
                await GiveSlotBackAsync(backend.Name);
                await PauseAsync(unavailable.Error, unavailable.RetryAfter);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The last moment for a wish to cancel: behind it the submit is under way.</summary>
    private async Task IntendAsync(IVideoBackend backend, PlanOutcome.Planned planned)
    {
        if (!await WriteAsync(generation => generation.Intend(backend.Name, backend.Traits, planned.Plan, Now)))
        {
            return;
        }

        if (_generation.IsCanceling)
        {
            await WriteAsync(generation => generation.CanceledUnsent(Now));
            return;
        }

        await SendAsync(backend, planned);
    }

    /// <summary>
    /// The one act that may cost money. It is never aborted, not even by a stop, and its outcome is written as stubbornly as it
    /// takes: an answer that is not on the store would be an unknown outcome.
    /// </summary>
    private async Task SendAsync(IVideoBackend backend, PlanOutcome.Planned planned)
    {
        switch (await planned.Submit())
        {
            case SubmitOutcome.Accepted accepted:
                LogSubmitted(Id, Attempt.Number, backend.Name, accepted.Job.Id);
                await WriteAsync(generation => generation.Submitted(accepted.Job, Now), insist: true);
                break;
            case SubmitOutcome.NotAccepted refused:
                var retryAt = Now + RetryDelay(refused.RetryAfter);
                await WriteAsync(
                    generation => generation.NotAccepted(refused.Error, refused.Transient, retryAt, Options.MaxAttempts, Now),
                    insist: true);
                await AfterRefusalAsync(backend.Name, refused, retryAt - Now);
                break;
            case SubmitOutcome.Unknown unknown:
                LogUnknown(Id, Attempt.Number, unknown.Error.Code, unknown.Error.ProviderStatus);
                await WriteAsync(
                    generation => generation.OutcomeUnknown(unknown.Error, Now + RetryDelay(null), Options.MaxAttempts, Now),
                    insist: true);
                await GiveSlotBackAsync(backend.Name);
                break;
        }
    }

    private async Task AfterRefusalAsync(string backend, SubmitOutcome.NotAccepted refused, TimeSpan delay)
    {
        LogRefused(Id, _generation.AttemptNumber, refused.Error.Code, refused.Error.ProviderStatus);
        if (refused.Scope is VerdictScope.Upstream)
        {
            await Budget(backend).PauseAsync(delay, refused.Error.Message);
        }

        await GiveSlotBackAsync(backend);
        if (_generation.IsUnfinished)
        {
            Show(new LiveState(GenerationStage.WaitingForCapacity, WaitReason: refused.Error.Message));
        }
    }

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId}, attempt {Attempt}: {Backend} took it as job {JobId}")]
    private partial void LogSubmitted(string generationId, int attempt, string backend, string jobId);

    [LoggerMessage(LogLevel.Warning, "Generation {GenerationId}, attempt {Attempt} was not taken: {Code} (HTTP {ProviderStatus})")]
    private partial void LogRefused(string generationId, int attempt, string code, int? providerStatus);

    [LoggerMessage(LogLevel.Warning,
        "Generation {GenerationId}, attempt {Attempt}: it is not known whether it was taken: {Code} (HTTP {ProviderStatus})")]
    private partial void LogUnknown(string generationId, int attempt, string code, int? providerStatus);
}
