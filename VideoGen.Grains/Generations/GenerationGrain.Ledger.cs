using Microsoft.Extensions.Logging;
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

    /// <summary>Cuts the step in hand short, all but a submit.</summary>
    private CancellationTokenSource? _step;

    private DateTimeOffset Now => time.GetUtcNow();
    private GenerationOptions Options => options.Value;
    private RenderAttempt Attempt => _generation.Attempt!;
    private RenderOrder Order => new(Id, Attempt.Number, _generation.Request!);

    /// <summary>A full disk is nobody's deadline: what is paid for waits until there is room.</summary>
    private bool IsOverdue => !_isStorageFull && Now - (_generation.StartedAt ?? _firstSlotAt ?? Now) > Options.Deadline;

    /// <summary>Its reminder is the last thing that a generation gives up: one that is reminded still has to see to its end.</summary>
    private void EnsureLoop(BudgetReply? turn = null, bool isReminded = false)
    {
        var hasWork = _generation.HasWork || _parkedUntil is not null || isReminded;
        if (hasWork && _loop.IsCompleted && !_stop.IsCancellationRequested)
        {
            _parkedUntil = null;
            _turn = turn;
            _loop = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
        telemetry.Follow(_generation.TraceParent);
        if (_generation.IsRunning)
        {
            telemetry.Resumed(Id, _generation);
            LogResumed(Id, _generation.NextStep, _generation.AttemptNumber);
            Note(LogKind.Resumed);
        }

        while (_generation.IsUnfinished && !IsParked && !_stop.IsCancellationRequested)
        {
            _parkedUntil = null;
            using var step = _step = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            try
            {
                await StepAsync(step.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException) when (step.IsCancellationRequested)
            {
                // The user's wish cut the step short; the ledger says what is next.
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
            finally
            {
                _step = null;
            }
        }

        if (_generation.IsDeleted)
        {
            await ForgetAsync();
        }
        else if (_generation.IsClearing)
        {
            await ClearAsync();
        }
        else if (_generation.IsFinished)
        {
            await EndAsync();
        }
    }

    private Task StepAsync(CancellationToken stop) => _generation.NextStep switch
    {
        LedgerStep.ResolveIntent => WriteAsync(generation => generation.Interrupted(LedgerErrors.InterruptedSubmit(Attempt), Now)),
        _ when !_isOwned && _generation.IsRunning => WriteAsync(generation => generation.TakenOver()),
        LedgerStep.Cancel => CancelStepAsync(stop),
        _ when _inconclusive > 0 && IsOverdue => FailOverdueAsync(stop),
        LedgerStep.Submit => SubmitStepAsync(stop),
        LedgerStep.Poll => PollStepAsync(stop),
        LedgerStep.Fetch => FetchStepAsync(stop),
        _ => FinishStepAsync(stop),
    };

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} resumed at {Step}, attempt {Attempt}")]
    private partial void LogResumed(string generationId, LedgerStep step, int attempt);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} is owned by another activation now")]
    private partial void LogSuperseded(string generationId);

    [LoggerMessage(LogLevel.Error, "Generation {GenerationId} could not do {Step}; it tries again")]
    private partial void LogTrouble(Exception exception, string generationId, LedgerStep step);
}
