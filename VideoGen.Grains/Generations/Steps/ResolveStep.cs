using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Reminders;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Finds the outcome of a submit whose intent is stored and whose outcome is not: the process that sends it may still be waiting
/// for the response, or has recorded it. The outcome is unknown only if that process ended during the exchange.
/// </summary>
internal sealed class ResolveStep(GenerationContext context, OutcomeStep outcome, GenerationReminder reminder)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>Longer than any submit may take: its timeout is at most ten minutes.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(12);

    private (int Attempt, long Since)? _waiting;

    public async Task RunAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } found)
        {
            await outcome.WriteAsync(found, stop);
            return;
        }

        if (await outcome.FindAsync(lead: null, stop))
        {
            return;
        }

        await context.WriteAsync(generation =>
            generation.Interrupted(LedgerErrors.InterruptedSubmit(generation.Attempt!), context.Now));
    }

    /// <summary>
    /// Finds an outcome that became known after the generation had failed, because its process was suspended and had not ended:
    /// what was paid for is followed after all. False when there is none.
    /// </summary>
    public async Task<bool> ReopenAsync()
    {
        if (!context.Generation.AwaitsOutcome
            || await context.Tools.Records.ReadAsync(context.Id, context.Attempt.Number) is not SubmitOutcome.Accepted accepted)
        {
            return false;
        }

        await reminder.RegisterAsync(context.Generation.Request!.Owner);
        return await context.Store.ChangeAsync(generation => generation.Reopened(accepted.Job, context.Now));
    }

    private async Task<SubmitOutcome?> FindAsync(CancellationToken stop)
    {
        var (records, attempt) = (context.Tools.Records, context.Attempt);
        if (attempt.Sender is not { } sender)
        {
            return null;    // a free submit, or one of an older build
        }

        if (context.Tools.Senders.Find(context.Id, attempt.Number) is { } sending)
        {
            context.View.Show(LiveState.Submitting);
            return await sending.WaitAsync(stop);
        }

        // In this order: a process that has left the cluster recorded before that what it could.
        while (true)
        {
            var mayCome = records.MayBeAlive(sender) && sender != records.Here;
            if (await records.ReadAsync(context.Id, attempt.Number) is { } recorded)
            {
                return recorded;
            }

            if (sender == records.Here)
            {
                return new SubmitOutcome.NotAccepted(LedgerErrors.Stopping, Transient: true);    // this process never sent it
            }

            if (!mayCome || Waited(attempt.Number) > MaxWait)
            {
                return null;
            }

            context.View.Show(LiveState.Submitting);
            await context.Wake.WaitAsync(LookInterval, stop);
        }
    }

    private TimeSpan Waited(int attempt)
    {
        _waiting = _waiting?.Attempt == attempt ? _waiting : (attempt, context.Tools.Time.GetTimestamp());
        return context.Tools.Time.GetElapsedTime(_waiting.Value.Since);
    }
}
