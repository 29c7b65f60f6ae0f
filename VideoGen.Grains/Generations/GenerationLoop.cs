using Microsoft.Extensions.Logging;
using Orleans.Storage;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Reminders;

namespace VideoGen.Grains.Generations;

/// <summary>
/// The detached loop that walks the ledger: read the last line, do the one thing that it requires, write the next line, repeat.
/// It runs on the grain's scheduler, so it shares the grain's state with requests without locks. It never runs inside a request,
/// a timer or a reminder: a grain that is busy with one of those can neither respond nor move to another silo.
/// </summary>
internal sealed partial class GenerationLoop : IDisposable
{
    private readonly GenerationContext _context;
    private readonly Action _deactivate;
    private readonly CancellationTokenSource _stop = new();
    private readonly GenerationSteps _steps;
    private readonly EndStep _end;
    private readonly ILogger _log;

    /// <summary>Interrupts the current step, unless it is a submit.</summary>
    private CancellationTokenSource? _step;

    public GenerationLoop(GenerationContext context, GenerationReminder reminder, Action deactivate)
    {
        (_context, _deactivate, _log) = (context, deactivate, context.Tools.Log);
        _steps = new GenerationSteps(context, reminder, _stop.Token);
        _end = new EndStep(context, reminder, deactivate);
    }

    /// <summary>The completion of the current loop, or of the last one.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    private Generation Generation => _context.Generation;

    /// <summary>
    /// Starts the loop unless it is running. A generation whose reminder ticked still has to clean up, because its reminder is
    /// removed last.
    /// </summary>
    public void Ensure(SlotTurn? turn = null, bool isReminded = false)
    {
        var hasWork = Generation.HasWork || Generation.AwaitsOutcome || _steps.Submit.IsParked || isReminded;
        if (hasWork && Completion.IsCompleted && !_stop.IsCancellationRequested)
        {
            _steps.Submit.Unpark();
            _context.Slot.Start(turn);
            Completion = RunAsync();
        }
    }

    /// <summary>The same for a tick of the reminder, except that a generation far back in the queue is left alone.</summary>
    public void Remind()
    {
        if (!_steps.Submit.IsParkedNow)
        {
            Ensure(isReminded: true);
        }
    }

    /// <summary>Interrupts the current step, so that the ledger is read again; never interrupts a submit that was sent.</summary>
    public Task CutShortAsync() => _step?.CancelAsync() ?? Task.CompletedTask;

    /// <summary>Ends the loop and waits for the current step, at most for <paramref name="timeout"/>.</summary>
    public async Task StopAsync(TimeSpan timeout)
    {
        await _stop.CancelAsync();
        await Completion.WaitAsync(timeout, _context.Tools.Time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        if (Completion.IsCompleted)
        {
            _stop.Dispose();    // a loop that outlives the stop still reads the token
            _context.Dispose();
        }
    }

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(
            ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
        _context.Tools.Telemetry.Traces.Follow(Generation.TraceParent);
        if (Generation.IsRunning)
        {
            _context.Tools.Telemetry.Resumed(_context.Id, Generation);
            LogResumed(_context.Id, Generation.NextStep, Generation.AttemptNumber);
            _context.Note(LogKind.Resumed);
        }

        while (await AdvanceAsync())
        {
        }
    }

    /// <summary>Takes one step; returns false when no further step follows.</summary>
    private async Task<bool> AdvanceAsync()
    {
        using var step = _step = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            await _context.Store.SettleAsync();
            if (!Generation.IsUnfinished)
            {
                return await EndAsync();    // even when the activation is about to end, because it was requested
            }

            _stop.Token.ThrowIfCancellationRequested();
            await _steps.RunAsync(step.Token);
            return !Generation.IsUnfinished || !_steps.Submit.IsParked || _context.Wake.IsSet;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return false;
        }
        catch (OperationCanceledException) when (step.IsCancellationRequested)
        {
            return true;    // the user's cancel interrupted the step; the ledger has the next one
        }
        catch (InconsistentStateException)
        {
            // The runtime handles this in requests, but not in a detached task. The new owner may need what this one learned.
            LogSuperseded(_context.Id);
            _context.Tools.Resumer.Enqueue(_context.Id);
            _deactivate();
            return false;
        }
        catch (Exception exception) when (_stop.IsCancellationRequested)
        {
            LogStopped(exception, _context.Id, Generation.NextStep);    // an ending activation can neither read nor write
            return false;
        }
        catch (Exception exception)
        {
            return await RecoverAsync(exception);
        }
        finally
        {
            _step = null;
        }
    }

    private async Task<bool> EndAsync()
    {
        _context.Wake.Reset();
        if (await _steps.Resolve.ReopenAsync())
        {
            return true;
        }

        await _end.RunAsync();
        return Generation.AwaitsOutcome && _context.Wake.IsSet;    // an outcome may have come since it was read
    }

    /// <summary>
    /// Handles every failure that no step could classify: it is logged, shown, and retried until the deadline; once the
    /// generation has ended, the next tick of the reminder retries.
    /// </summary>
    private async Task<bool> RecoverAsync(Exception exception)
    {
        if (!Generation.IsUnfinished)
        {
            LogLeftToReminder(exception, _context.Id);
            _deactivate();    // the next activation reads what is stored
            return false;
        }

        LogTrouble(exception, _context.Id, Generation.NextStep);
        try
        {
            await _context.PauseAsync(LedgerErrors.Unclassified, null, _stop.Token);
            return true;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} resumed at {Step}, attempt {Attempt}")]
    private partial void LogResumed(string generationId, LedgerStep step, int attempt);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} is now owned by another activation")]
    private partial void LogSuperseded(string generationId);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId}: activation ended during {Step}; the next one continues")]
    private partial void LogStopped(Exception exception, string generationId, LedgerStep step);

    [LoggerMessage(LogLevel.Warning, "Generation {GenerationId} is finished; its next reminder tick cleans up")]
    private partial void LogLeftToReminder(Exception exception, string generationId);

    [LoggerMessage(LogLevel.Error, "Generation {GenerationId}: step {Step} failed; retrying")]
    private partial void LogTrouble(Exception exception, string generationId, LedgerStep step);
}
