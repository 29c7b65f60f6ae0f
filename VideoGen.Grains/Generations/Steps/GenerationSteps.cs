using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Reminders;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>The steps of one generation; which one is next follows from the last ledger line.</summary>
internal sealed class GenerationSteps
{
    private readonly GenerationContext _context;
    private readonly PollStep _poll;
    private readonly FetchStep _fetch;
    private readonly FinishStep _finish;
    private readonly CancelStep _cancel;
    private readonly OverdueStep _overdue;

    public GenerationSteps(GenerationContext context, GenerationReminder reminder, CancellationToken deactivation)
    {
        _context = context;
        var outcome = new OutcomeStep(context);
        Submit = new SubmitStep(context, outcome, new PaidSubmit(context, deactivation));
        Resolve = new ResolveStep(context, outcome, reminder);
        _poll = new PollStep(context);
        _fetch = new FetchStep(context);
        _finish = new FinishStep(context);
        _cancel = new CancelStep(context);
        _overdue = new OverdueStep(context);
    }

    public SubmitStep Submit { get; }

    public ResolveStep Resolve { get; }

    private Generation Generation => _context.Generation;

    /// <summary>Takes the next step of an unfinished generation.</summary>
    public Task RunAsync(CancellationToken stop) => Generation.NextStep switch
    {
        LedgerStep.ResolveIntent => Resolve.RunAsync(stop),
        _ when !_context.Store.IsOwned && Generation.IsRunning => TakeOverAsync(stop),
        LedgerStep.Cancel => _cancel.RunAsync(stop),
        LedgerStep.Submit => Submit.RunAsync(stop),
        _ when _context.Inconclusive > 0 && _context.IsOverdue => _overdue.RunAsync(stop),
        LedgerStep.Poll => _poll.RunAsync(stop),
        LedgerStep.Fetch => _fetch.RunAsync(stop),
        _ => _finish.RunAsync(stop),
    };

    /// <summary>Invalidates the previous owner's ETag, and waits about one poll interval if the next step is a poll.</summary>
    private async Task TakeOverAsync(CancellationToken stop)
    {
        await _context.WriteAsync(generation => generation.TakenOver());
        if (Generation.NextStep is LedgerStep.Poll)
        {
            await _context.Wake.WaitAsync(_context.Options.PollInterval * (0.5 + Random.Shared.NextDouble() / 2), stop);
        }
    }
}
