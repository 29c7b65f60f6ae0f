using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// The one call that may cost money. It is never aborted: when the activation ends, the process keeps sending, and the next
/// activation of the generation reads the outcome. <paramref name="deactivation"/> ends only the wait for it.
/// </summary>
internal sealed class PaidSubmit(GenerationContext context, CancellationToken deactivation)
{
    public async Task<SubmitOutcome> SendAsync(PlanOutcome.Planned planned)
    {
        var number = context.Attempt.Number;
        var isLate = deactivation.IsCancellationRequested;    // this activation may have been replaced already
        var sending = context.Tools.Senders.Send(context.Id, number, isLate ? NotSentAsync : planned.Submit);
        try
        {
            return await sending.WaitAsync(deactivation);
        }
        catch (OperationCanceledException) when (deactivation.IsCancellationRequested)
        {
            context.Tools.Senders.WakeWhenDone(context.Id, number);
            throw;
        }
    }

    private static Task<SubmitOutcome> NotSentAsync() =>
        Task.FromResult<SubmitOutcome>(new SubmitOutcome.NotAccepted(LedgerErrors.Stopping, Transient: true));
}
