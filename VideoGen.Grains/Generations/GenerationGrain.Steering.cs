using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Generations;

/// <summary>What a user asks of a generation: cancel, retry, delete.</summary>
internal sealed partial class GenerationGrain
{
    /// <summary>How long a request waits for the loop to end; what is left then is done by the reminder.</summary>
    private static readonly TimeSpan LoopPatience = TimeSpan.FromSeconds(10);

    public async Task<GenerationSnapshot?> CancelAsync()
    {
        if (await ChangeAsync(generation => generation.Cancel(Now)))
        {
            LogCancelWished(Id, _generation.NextStep);
            EnsureLoop();
            Wake();
            if (_step is { } step)
            {
                await step.CancelAsync();    // never reaches a submit that was sent
            }
        }

        return Known();
    }

    public async Task<GenerationSnapshot?> RetryAsync() => await OrderAgainAsync() is { } reply ? reply.Generation ?? Known() : null;

    private async Task<SubmitReply?> StartAgainAsync()
    {
        if (_generation is not { Status: GenerationStatus.Failed or GenerationStatus.Canceled, IsDeleted: false })
        {
            return Known() is { } known ? new SubmitReply(known, null) : null;
        }

        var allowance = await TakeAllowanceAgainAsync();
        if (allowance?.Refusal is { } refusal)
        {
            return new SubmitReply(null, refusal.Reset, allowance);
        }

        // The last thing that the loop does is to take the reminder away: a new one must not come before.
        await _loop.WaitAsync(LoopPatience, time);
        _reminder = await RegisterReminderAsync(_generation.Request!.Owner);
        await ChangeAsync(generation => generation.Retry(Now));
        (_firstSlotAt, _inconclusive) = (null, 0);
        LogRetried(Id, _generation.AttemptNumber, _generation.NextStep);
        GenerationTelemetry.LinkRetry(_generation.TraceParent);
        EnsureLoop();
        return new SubmitReply(_snapshot, null, allowance);
    }

    public async Task<DeleteOutcome> DeleteAsync()
    {
        if (Known() is null || _generation.IsUnfinished)
        {
            return _generation.IsUnfinished ? DeleteOutcome.StillRunning : DeleteOutcome.Unknown;
        }

        await _loop.WaitAsync(LoopPatience, time);
        _reminder = await RegisterReminderAsync(_generation.Request!.Owner);
        await ChangeAsync(generation => generation.Delete(Now));
        LogDeleted(Id);
        EnsureLoop();
        await _loop.WaitAsync(LoopPatience, time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return DeleteOutcome.Deleted;
    }

    private async Task CancelStepAsync(CancellationToken stop)
    {
        var isLate = Now - _generation.Cancellation!.RequestedAt > Options.CancelPatience;
        if (_inconclusive > 0 && isLate)
        {
            await WriteAsync(generation => generation.CancelAnswered(CancelOutcome.Unavailable, Now));
            return;
        }

        var outcome = backends.Find(Attempt.Backend) is { } backend
            ? await backend.CancelAsync(Order, Attempt.Plan, Attempt.Job!, stop)
            : CancelOutcome.NotPossible;
        LogCancelAnswered(Id, Attempt.Backend, outcome);
        if (outcome is CancelOutcome.Unavailable && !isLate)
        {
            await PauseAsync(LedgerErrors.Trouble, null);
            return;
        }

        await WriteAsync(generation => generation.CancelAnswered(outcome, Now));
    }

    /// <summary>
    /// Clears away what a deleted generation left. Each step may be repeated; the state goes last but for the reminder, because it
    /// tells what there is to clear away. What fails here is done by the next reminder tick.
    /// </summary>
    private async Task ForgetAsync()
    {
        try
        {
            var owner = _generation.Request!.Owner;
            await GrainFactory.GetGrain<IHistoryGrain>(owner).RemoveAsync(Id, _generation.Place);
            foreach (var (kind, name) in GenerationFiles.Of(Id, owner, _generation.AttemptNumber))
            {
                await media.DeleteAsync(kind, name, CancellationToken.None);
            }

            await ForgetWebhooksAsync();
            await state.ClearStateAsync();
            Publish(new Generation());
            await UnregisterReminderAsync(ReminderPrefix + owner);
        }
        catch (Exception exception)
        {
            LogLeftToReminder(exception, Id);
        }

        DeactivateOnIdle();    // after a failure the next activation reads what is left
    }

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} is to be canceled; next is {Step}")]
    private partial void LogCancelWished(string generationId, LedgerStep step);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId}: {Backend} answered to the cancel: {Outcome}")]
    private partial void LogCancelAnswered(string generationId, string backend, CancelOutcome outcome);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} ordered again after attempt {Attempt}, from {Step}")]
    private partial void LogRetried(string generationId, int attempt, LedgerStep step);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} is deleted")]
    private partial void LogDeleted(string generationId);
}
