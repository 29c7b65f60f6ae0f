using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Reminders;

namespace VideoGen.Grains.Generations;

/// <summary>
/// Requests, the reminder and the lifecycle of one generation. Its <see cref="GenerationLoop"/> walks the ledger, and every call
/// to a generation starts that loop if there is work.
/// </summary>
[GrainType("videogen.generation")]
internal sealed class GenerationGrain(
    [PersistentState("generation")] IPersistentState<Generation> state, GenerationTools tools)
    : Grain, IGenerationGrain, IRemindable, IDisposable
{
    /// <summary>How long a stop waits for the current step; a submit continues without the activation.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    private GenerationContext _context = null!;
    private GenerationReminder _reminder = null!;
    private GenerationLoop _loop = null!;
    private GenerationAdmission _admission = null!;
    private GenerationCommands _commands = null!;

    private string Id => this.GetPrimaryKeyString();

    private Generation Generation => _context.Generation;

    /// <summary>Whether a request in progress is about to make the generation unfinished.</summary>
    private bool IsBeginning => _admission.IsSubmitting || _commands.IsRetrying;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _context = new GenerationContext(Id, state, GrainFactory, tools);
        _reminder = new GenerationReminder(this);
        _loop = new GenerationLoop(_context, _reminder, DeactivateOnIdle);
        _admission = new GenerationAdmission(_context, _reminder, _loop, DeactivateOnIdle);
        _commands = new GenerationCommands(_context, _reminder, _loop, DeactivateOnIdle);
        if (Generation.HasWork)
        {
            _loop.Ensure();
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _loop.StopAsync(StopTimeout);
        if (Generation.IsUnfinished && reason.ReasonCode is not DeactivationReasonCode.ShuttingDown)
        {
            tools.Resumer.Enqueue(Id);
        }
    }

    public void Dispose() => _loop?.Dispose();    // null when the activation failed

    public Task<GenerationSnapshot?> GetAsync() => Task.FromResult(Known());

    public Task<LoggedGeneration?> GetLogAsync() =>
        Task.FromResult(Known() is { } snapshot ? new LoggedGeneration(snapshot, Generation.Log) : null);

    public Task<SubmitReply> SubmitAsync(GenerationRequest request) => _admission.SubmitAsync(request);

    public async Task<GenerationSnapshot?> RetryAsync() =>
        await OrderAgainAsync() is { } reply ? reply.Generation ?? Known() : null;

    public async Task<SubmitReply?> OrderAgainAsync() => Known() is null ? null : await _commands.RetryAsync();

    public async Task<GenerationSnapshot?> CancelAsync()
    {
        if (Known() is not null)
        {
            await _commands.CancelAsync();
        }

        return Known();
    }

    public async Task<DeleteOutcome> DeleteAsync() => Known() is null ? DeleteOutcome.Unknown : await _commands.DeleteAsync();

    public async Task<DeleteOutcome> DiscardAsync() =>
        Known() is null ? DeleteOutcome.Unknown : await _commands.DiscardAsync();

    public Task<bool> ExpireAsync(ExpiryReason reason) => _commands.ExpireAsync(reason);

    public Task PokeAsync()
    {
        _loop.Ensure();
        _context.Wake.Set();
        return Task.CompletedTask;
    }

    public Task<bool> NeedsSlotAsync()
    {
        _loop.Ensure();
        if (Generation.NextStep is LedgerStep.Submit)
        {
            _context.Wake.Set();    // a grant whose response was lost is found by asking again
        }

        return Task.FromResult(_admission.IsSubmitting || Generation.NeedsSlot);
    }

    public async Task<bool> NeedsSlotOfAsync(string upstream) =>
        await NeedsSlotAsync() && (_admission.IsSubmitting || _context.Slot.IsFor(upstream));

    public Task<bool> IsUnfinishedAsync()
    {
        Known();    // an id that was never submitted must not use memory
        return Task.FromResult(IsBeginning || Generation.IsUnfinished);
    }

    public Task<KeptMedia?> GetKeptAsync()
    {
        if (_loop.Completion.IsCompleted && !IsBeginning)
        {
            DeactivateOnIdle();    // a walk over a history must not load all of it into memory
        }

        return Task.FromResult(Generation is { IsAccepted: true, IsDeleted: false }
            ? new KeptMedia(
                Generation.IsFinished, Generation.UpdatedAt, Generation.HeldUpload,
                Generation.KeptBytes(_context.Options.KeepOriginal), Generation.Expiry?.At, Generation.HeldReferences)
            : null);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (Generation.IsAccepted)
        {
            _loop.Remind();
            return;
        }

        // A submit that failed between its first write and its last was never acknowledged: remove all traces of it.
        var owner = GenerationReminder.OwnerOf(reminderName);
        await GrainFactory.GetGrain<IHistoryGrain>(owner).RemoveAsync(Id, place: null);
        await _reminder.UnregisterAsync(owner);
        DeactivateOnIdle();
    }

    private GenerationSnapshot? Known()
    {
        if (_context.View.Snapshot is null && !_admission.IsSubmitting && !Generation.IsDiscarded)
        {
            DeactivateOnIdle();    // an id that was never submitted must not use memory
        }

        return _context.View.Snapshot;
    }
}
