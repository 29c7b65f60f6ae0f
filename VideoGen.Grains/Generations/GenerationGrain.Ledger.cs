using System.Diagnostics;
using Orleans.Storage;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;

namespace VideoGen.Grains.Generations;

/// <summary>
/// The detached loop that walks the ledger: read the last line, do the one thing it calls for, write the next line, repeat. It runs
/// on the grain's scheduler, so it shares the grain's state with the requests without locks.
/// </summary>
internal sealed partial class GenerationGrain
{
    /// <summary>Steps of this activation that ended without a new ledger line since the last one.</summary>
    private int _inconclusive;

    private BudgetReply? _turn;
    private DateTimeOffset? _firstSlotAt;
    private bool _isStorageFull;
    private TaskCompletionSource _wake = NewWake();

    private DateTimeOffset Now => time.GetUtcNow();
    private GenerationOptions Options => options.Value;
    private RenderAttempt Attempt => _generation.Attempt!;
    private RenderOrder Order => new(Id, Attempt.Number, _generation.Request!);

    /// <summary>A full disk is nobody's deadline: what is paid for waits until there is room.</summary>
    private bool IsOverdue => !_isStorageFull && Now - (_generation.StartedAt ?? _firstSlotAt ?? Now) > Options.Deadline;

    private void EnsureLoop(BudgetReply? turn = null)
    {
        if (_generation.IsUnfinished && _loop.IsCompleted && !_stop.IsCancellationRequested)
        {
            _turn = turn;
            _loop = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
        if (_generation.IsRunning)
        {
            LogResumed(Id, _generation.NextStep, _generation.AttemptNumber);
        }

        while (_generation.IsUnfinished && !_stop.IsCancellationRequested)
        {
            try
            {
                await StepAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (InconsistentStateException)
            {
                // Another activation owns the generation now. The runtime sees to this in requests, but not in a detached task.
                LogSuperseded(Id);
                DeactivateOnIdle();
                return;
            }
            catch (Exception exception)
            {
                // Here ends every failure that no step could name: it is logged, shown, and tried again until the deadline.
                LogTrouble(exception, Id, _generation.NextStep);
                await PauseAsync(LedgerErrors.Trouble, null);
            }
        }

        if (_generation.IsFinished)
        {
            await EndAsync();
        }
    }

    private Task StepAsync(CancellationToken stop) => _generation.NextStep switch
    {
        LedgerStep.ResolveIntent => WriteAsync(_generation.Interrupted(LedgerErrors.InterruptedSubmit(Attempt), Now)),
        _ when _inconclusive > 0 && IsOverdue => FailOverdueAsync(stop),
        LedgerStep.Submit => SubmitStepAsync(stop),
        LedgerStep.Poll => PollStepAsync(stop),
        LedgerStep.Fetch => FetchStepAsync(stop),
        _ => FinishStepAsync(stop),
    };

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
                await WriteAsync(_generation.Intend(backend.Name, backend.Traits, planned.Plan, Now));
                await SendAsync(backend, planned.Plan);
                break;
            case PlanOutcome.Refused refused:
                await WriteAsync(_generation.Failed(refused.Error, Now));
                break;
            case PlanOutcome.Unavailable unavailable:
                await GiveSlotBackAsync(backend.Name);
                await PauseAsync(unavailable.Error, unavailable.RetryAfter);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// The one act that may cost money. It is never aborted, not even by a stop, and its outcome is written as stubbornly as it
    /// takes: an answer that is not on the store would be an unknown outcome.
    /// </summary>
    private async Task SendAsync(IVideoBackend backend, RenderPlan plan)
    {
        switch (await backend.SubmitAsync(Order, plan, CancellationToken.None))
        {
            case SubmitOutcome.Accepted accepted:
                LogSubmitted(Id, Attempt.Number, backend.Name, accepted.Job.Id);
                await WriteAsync(_generation.Submitted(accepted.Job, Now), insist: true);
                break;
            case SubmitOutcome.NotAccepted refused:
                var retryAt = Now + RetryDelay(refused.RetryAfter);
                await WriteAsync(
                    _generation.NotAccepted(refused.Error, refused.Transient, retryAt, Options.MaxAttempts, Now), insist: true);
                await AfterRefusalAsync(backend.Name, refused, retryAt - Now);
                break;
            case SubmitOutcome.Unknown unknown:
                LogUnknown(Id, Attempt.Number, unknown.Error.Code, unknown.Error.ProviderStatus);
                await WriteAsync(
                    _generation.OutcomeUnknown(unknown.Error, Now + RetryDelay(null), Options.MaxAttempts, Now), insist: true);
                await GiveSlotBackAsync(backend.Name);
                break;
        }
    }

    private async Task AfterRefusalAsync(string backend, SubmitOutcome.NotAccepted refused, TimeSpan delay)
    {
        LogRefused(Id, _generation.AttemptNumber, refused.Error.Code, refused.Error.ProviderStatus);
        if (refused.SlowsEverybody)
        {
            await Budget(backend).PauseAsync(delay, refused.Error.Message);
        }

        await GiveSlotBackAsync(backend);
        if (_generation.IsUnfinished)
        {
            Show(new LiveState(GenerationStage.WaitingForCapacity, WaitReason: refused.Error.Message));
        }
    }

    private async Task PollStepAsync(CancellationToken stop)
    {
        if (backends.Find(Attempt.Backend) is not { } backend)
        {
            await WriteAsync(_generation.Failed(LedgerErrors.BackendMissing(Attempt), Now));
            return;
        }

        await KeepSlotAsync(backend.Name);
        switch (await backend.PollAsync(Order, Attempt.Plan, Attempt.Job!, stop))
        {
            case PollOutcome.Running running:
                Show(LiveState.Rendering(running.Progress, running.QueuePosition));
                await WaitAsync(running.PollAfter ?? PollDelay(_inconclusive), stop);
                _inconclusive++;
                break;
            case PollOutcome.Rendered rendered:
                await WriteAsync(_generation.Rendered(rendered.Result, Now));
                break;
            case PollOutcome.Failed failed:
                await WriteAsync(_generation.Failed(failed.Error, Now));
                break;
            case PollOutcome.Lost lost:
                await WriteAsync(_generation.Interrupted(lost.Error, Now));
                break;
            case PollOutcome.Unavailable unavailable:
                LogUnanswered(Id, unavailable.Error.Code, unavailable.Error.ProviderStatus);
                await PauseAsync(unavailable.Error, unavailable.RetryAfter);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task FetchStepAsync(CancellationToken stop)
    {
        if (backends.Find(Attempt.Backend) is not { } backend)
        {
            await WriteAsync(_generation.Failed(LedgerErrors.BackendMissing(Attempt), Now));
            return;
        }

        await KeepSlotAsync(backend.Name);
        Show(LiveState.Downloading);
        switch (await backend.FetchAsync(Order, Attempt.Plan, Attempt.Job!, Attempt.Result!, stop))
        {
            case FetchOutcome.Stored stored:
                await WriteAsync(_generation.Stored(stored.Original, Now));
                await GiveSlotBackAsync(backend.Name);
                break;
            case FetchOutcome.Failed failed:
                await WriteAsync(_generation.Failed(failed.Error, Now));
                break;
            case FetchOutcome.Unavailable unavailable:
                await PauseAsync(unavailable.Error, unavailable.RetryAfter);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task FinishStepAsync(CancellationToken stop)
    {
        var progress = new LatestProgress();
        var work = new Finishing(media, processor).RunAsync(Order, Attempt.Original!, progress, stop);
        while (!work.IsCompleted)
        {
            Show(LiveState.Finishing(progress.Value));
            await ((Task)work).WaitAsync(TimeSpan.FromSeconds(0.5), time, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        switch (await work)
        {
            case FinishOutcome.Finished finished:
                await WriteAsync(_generation.Completed(finished.Film, Now));
                LogCompleted(Id, _generation.AttemptNumber, finished.Film.Bytes);
                break;
            case FinishOutcome.Failed failed:
                await WriteAsync(_generation.Failed(failed.Error, Now));
                break;
            case FinishOutcome.Unavailable unavailable:
                await PauseAsync(unavailable.Error, null);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task FailOverdueAsync(CancellationToken stop)
    {
        if (_generation is { NextStep: LedgerStep.Poll } && backends.Find(Attempt.Backend) is { } backend)
        {
            var outcome = await backend.CancelAsync(Order, Attempt.Plan, Attempt.Job!, stop);
            LogOverdue(Id, outcome);
        }

        await WriteAsync(_generation.Failed(LedgerErrors.DeadlineExceeded(_generation, Options.Deadline), Now));
    }

    /// <summary>Frees what a finished generation no longer needs. What fails here is done by the next reminder tick.</summary>
    private async Task EndAsync()
    {
        if (_generation.Error is { } error)
        {
            LogFailed(Id, error.Code, error.Provider, error.ProviderStatus, error.RequestId);
        }

        try
        {
            await GiveSlotBackAsync(_generation.Attempt?.Backend ?? backends.Current.Name);
            if (_generation is { Status: GenerationStatus.Completed, Attempt.Original: { } original } && !Options.KeepOriginal)
            {
                await media.DeleteAsync(MediaKind.Original, original.Name, CancellationToken.None);
            }

            await UnregisterReminderAsync(ReminderPrefix + _generation.Request!.Owner);
        }
        catch (Exception exception)
        {
            LogLeftToReminder(exception, Id);
        }
    }
}
