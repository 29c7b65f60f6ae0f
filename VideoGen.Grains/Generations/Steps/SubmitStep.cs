using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Reminders;
using VideoGen.Grains.RenderSlots;
using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>From the position in the queue to the outcome of the submit.</summary>
internal sealed partial class SubmitStep(GenerationContext context, OutcomeStep outcome, PaidSubmit paid)
{
    /// <summary>
    /// The loop ends while the generation's turn is farther away than the next reminder: thousands of waiting generations would
    /// otherwise hold timers and continuations in memory for nothing. A poke restarts the loop when the turn comes, and the
    /// reminder when it is time to ask.
    /// </summary>
    private (long Since, TimeSpan For)? _parked;

    private readonly Fallback _fallback = new(context);
    private DateTimeOffset? _waitedUntil;
    private Elapsed? _trouble;
    private readonly ILogger _log = context.Tools.Log;

    public bool IsParked => _parked is not null;

    /// <summary>Whether it is too early to ask again.</summary>
    public bool IsParkedNow => _parked is { } parked && context.Tools.Time.GetElapsedTime(parked.Since) < parked.For;

    public void Unpark() => _parked = null;

    public async Task RunAsync(CancellationToken stop)
    {
        Unpark();
        if (await WaitForRetryAsync(stop))
        {
            return;
        }

        if (context.Tools.Backends.Next(context.Generation) is not { } model)
        {
            var error = LedgerErrors.ModelMissing(context.Generation.Model!);
            await context.WriteAsync(generation => generation.Failed(error, context.Now));
            return;
        }

        if (context.Tools.Senders.IsStopping)
        {
            await context.Slot.GiveBackAsync(model);
            await context.Wake.WaitAsync(GenerationReminder.Period, stop);    // the process is stopping; another one continues
            return;
        }

        var turn = await context.Slot.AskAsync(model);
        if (turn.Reply.Standing is SlotStatus.Granted)
        {
            context.View.Show(LiveState.Submitting);
            await PlanAsync(model with { Upstream = turn.Upstream }, stop);
        }
        else if (turn.Reply.Pause is not { } pause
            || !await _fallback.TryAsync(model, new GenerationError(pause.Reason, pause.Message, Retryable: true)))
        {
            await WaitForTurnAsync(turn.Reply, stop);
        }
    }

    /// <summary>Waits between two attempts; changes of the wall clock do not affect the wait.</summary>
    private async Task<bool> WaitForRetryAsync(CancellationToken stop)
    {
        if (context.Generation.RetryAt is not { } retryAt || retryAt == _waitedUntil || retryAt <= context.Now)
        {
            return false;
        }

        var wait = retryAt - context.Now;
        await context.Wake.WaitAsync(wait < context.Options.MaxRetryDelay ? wait : context.Options.MaxRetryDelay, stop);
        _waitedUntil = retryAt;
        return true;
    }

    private async Task WaitForTurnAsync(SlotReply turn, CancellationToken stop)
    {
        if (turn.Pause is { } pause && IsPausedTooLong(turn))
        {
            var error = new GenerationError(pause.Reason, pause.Message, Retryable: true);
            await context.WriteAsync(generation => generation.Failed(error, context.Now));
            return;
        }

        context.Note(LogKind.Waiting, turn.PauseReason);
        context.View.Show(LiveState.Waiting(turn));
        var delay = turn.AskAfter ?? GenerationReminder.Period / 2;    // a queue of an older build does not return it
        if (delay > GenerationReminder.Period && !context.Wake.IsSet && !stop.IsCancellationRequested)
        {
            _parked = (context.Tools.Time.GetTimestamp(), delay);
        }
        else
        {
            await context.Wake.WaitAsync(delay, stop);
        }
    }

    /// <summary>Time in the queue before the pause does not count, and neither does a pause before the submission.</summary>
    private bool IsPausedTooLong(SlotReply turn) =>
        context.Now - context.Generation.OrderedAt > context.Options.MaxPause
        && context.Now - (turn.PausedSince ?? context.Generation.OrderedAt) > context.Options.MaxPause;

    private async Task PlanAsync(VideoModel model, CancellationToken stop)
    {
        var backend = context.Tools.Backends.Of(model);
        var request = new RenderRequest(
            context.Id, context.Generation.AttemptNumber + 1, context.Generation.Request!, model.Name);
        switch (await TryPlanAsync(backend, request, stop))
        {
            case PlanOutcome.Planned planned:
                _trouble = null;
                await IntendAsync(model, backend.Traits, planned, stop);
                break;
            case PlanOutcome.Refused { Scope: VerdictScope.Order } refused:
                await context.WriteAsync(generation => generation.Failed(refused.Error, context.Now));
                await context.Slot.ResumeAsync(backend.Name);
                break;
            case PlanOutcome.Refused refused:
                await context.Slot.PauseAsync(
                    backend.Name, refused.Error, refused.Scope, model.Name, refused.RetryAfter);
                break;
            case PlanOutcome.Unavailable unavailable:
                await DelayAsync(model, unavailable, stop);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>A plan that throws is a bug, and must not block the slot for other generations.</summary>
    private async Task<PlanOutcome> TryPlanAsync(IVideoBackend backend, RenderRequest request, CancellationToken stop)
    {
        try
        {
            return await backend.PlanAsync(request, stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            LogNotPlanned(exception, context.Id, backend.Name);
            return new PlanOutcome.Unavailable(LedgerErrors.Unclassified, null);
        }
    }

    /// <summary>Time in the queue does not count towards the deadline; the time of failed plans does.</summary>
    private async Task DelayAsync(VideoModel model, PlanOutcome.Unavailable unavailable, CancellationToken stop)
    {
        await context.Slot.GiveBackAsync(model.Upstream);
        var isRepeated = context.Inconclusive > 0;    // one missing answer is no reason to pay elsewhere
        if (unavailable.Scope is not VerdictScope.Order && isRepeated && await _fallback.TryAsync(model, unavailable.Error))
        {
            return;
        }

        _trouble ??= new Elapsed(context.Tools.Time, context.Now);
        if (_trouble.Time > context.Options.Deadline && unavailable.Error.Code is not GenerationErrorCode.StorageFull)
        {
            var error = LedgerErrors.DeadlineExceeded(context.Generation, context.Options.Deadline, unavailable.Error);
            await context.WriteAsync(generation => generation.Failed(error, context.Now));
            return;
        }

        await context.PauseAsync(unavailable.Error, unavailable.RetryAfter, stop);
    }

    /// <summary>The last chance for a cancel: after this the submit is under way.</summary>
    private async Task IntendAsync(
        VideoModel model, BackendTraits traits, PlanOutcome.Planned planned, CancellationToken stop)
    {
        var costs = traits with { RepeatCostsMoney = traits.RepeatCostsMoney || planned.Plan.RepeatCostsMoney };
        var sender = costs.RepeatCostsMoney ? context.Tools.Senders.Here : null;
        if (!await context.WriteAsync(generation => generation.Intend(model, costs, planned.Plan, context.Now, sender)))
        {
            return;
        }

        if (context.Generation.IsCanceling)
        {
            await context.WriteAsync(generation => generation.CanceledUnsent(context.Now));
            return;
        }

        await outcome.WriteAsync(sender is null ? await planned.Submit() : await paid.SendAsync(planned), stop);
    }

    [LoggerMessage(LogLevel.Error, "Generation {GenerationId}: planning by {Backend} failed; retrying")]
    private partial void LogNotPlanned(Exception exception, string generationId, string backend);
}
