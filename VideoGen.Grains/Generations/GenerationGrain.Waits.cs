using Microsoft.Extensions.Logging;
using Orleans.Storage;
using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.Generations;

/// <summary>What the ledger loop waits for: its turn, a pause that passes, a store that answers again.</summary>
internal sealed partial class GenerationGrain
{
    /// <summary>
    /// The loop has ended because the turn is farther away than the next reminder: its timers and continuations are memory that
    /// thousands in a queue would hold for nothing. A poke starts it again when the turn comes, and the reminder when it is time to ask.
    /// </summary>
    private DateTimeOffset? _parkedUntil;

    /// <summary>A poke that came while the loop was about to end counts.</summary>
    private bool IsParked => _parkedUntil is not null && !_wake.Task.IsCompleted;

    /// <summary>
    /// Whether the slot is held; when it is not, some time has passed or the turn has come, and it is worth asking again, unless
    /// the generation is parked now.
    /// </summary>
    private async Task<bool> HoldsSlotAsync(string backend, CancellationToken stop)
    {
        var turn = _turn ?? await Budget(backend).RequestAsync(Id, _generation.OrderedAt, isRunning: false);
        _turn = null;
        if (turn.Standing is BudgetStanding.Granted)
        {
            return true;
        }

        Note(LogKind.Waiting, turn.PauseReason);
        Show(LiveState.Waiting(turn));
        var delay = turn.AskAfter ?? ReminderPeriod / 2;    // a budget of an older build does not say
        if (delay > ReminderPeriod && !_wake.Task.IsCompleted && !stop.IsCancellationRequested)
        {
            _parkedUntil = Now + delay;
        }
        else
        {
            await WaitAsync(delay, stop);
        }

        return false;
    }

    /// <summary>A job that runs at its backend keeps its slot over crashes, whatever the limit.</summary>
    private async Task KeepSlotAsync(string backend)
    {
        if (_inconclusive == 0)
        {
            await Budget(backend).RequestAsync(Id, _generation.OrderedAt, isRunning: true);
        }
    }

    private Task GiveSlotBackAsync(string backend) => Budget(backend).ReleaseAsync(Id);

    /// <summary>Shows what is in the way and waits, longer each time, until it is worth trying again.</summary>
    private async Task PauseAsync(GenerationError reason, TimeSpan? asked)
    {
        _inconclusive++;
        _isStorageFull = reason.Code is GenerationErrorCode.StorageFull;
        Note(LogKind.Waiting, reason.Message);
        Show(_live with { Stage = GenerationStage.Waiting, WaitReason = reason.Message });
        await WaitAsync(
            Backoff.Delay(_inconclusive, Options.PollInterval, Options.MaxRetryDelay / 10, asked, Random.Shared.NextDouble()),
            CancellationToken.None);
    }

    /// <summary>Waits for a poke, a stop, or the time to pass, whichever comes first.</summary>
    private async Task WaitAsync(TimeSpan delay, CancellationToken stop)
    {
        if (delay > TimeSpan.Zero)
        {
            await _wake.Task.WaitAsync(delay, time, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _wake = _wake.Task.IsCompleted ? NewWake() : _wake;
        }

        stop.ThrowIfCancellationRequested();
    }

    private void Note(LogKind kind, string? detail = null) => _generation = _generation.WithNote(kind, detail, Now);

    private void Wake() => _wake.TrySetResult();

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TimeSpan PollDelay(int polls) =>
        Backoff.Delay(polls + 1, Options.PollInterval, Options.MaxPollInterval, null, random: 1);

    private TimeSpan RetryDelay(TimeSpan? asked) => Backoff.Delay(
        _generation.AttemptsUsed, Options.FirstRetryDelay, Options.MaxRetryDelay, asked, Random.Shared.NextDouble());

    /// <summary>
    /// Writes a ledger line, which only an unfinished generation can get; false when it was finished meanwhile. With
    /// <paramref name="insist"/> a store that does not answer is asked again until it does: the line holds the outcome of an act
    /// that must not be repeated.
    /// </summary>
    private async Task<bool> WriteAsync(Func<Generation, Generation> line, bool insist = false)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var isWritten = await ChangeAsync(generation => generation.IsUnfinished ? line(generation) : generation);
                _inconclusive = 0;
                _isStorageFull = false;
                return isWritten;
            }
            catch (Exception exception) when (insist && exception is not InconsistentStateException)
            {
                LogInsists(exception, Id, tries);
                await Task.Delay(
                    Backoff.Delay(tries, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(5), null, random: 1), time, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Generation {GenerationId}: the outcome of its submit is not written yet, try {Tries}")]
    private partial void LogInsists(Exception exception, string generationId, int tries);
}
