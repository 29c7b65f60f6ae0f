using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Allowances;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Generations;

/// <summary>
/// Requests and lifecycle. The ledger itself is walked by one detached loop (the other part of this class), never inside a
/// request, a timer or a reminder: a grain that is busy with one of those can neither answer nor move to another silo.
/// </summary>
[GrainType("videogen.generation")]
internal sealed partial class GenerationGrain(
    [PersistentState("generation")] IPersistentState<Generation> state,
    IVideoBackends backends,
    IMediaStore media,
    IVideoProcessor processor,
    IResumer resume,
    IGenerationNews news,
    GenerationTelemetry telemetry,
    IOptions<GenerationOptions> options,
    IOptions<AllowanceOptions> limits,
    TimeProvider time,
    ILogger<GenerationGrain> logger) : Grain, IGenerationGrain, IRemindable, IDisposable
{
    /// <summary>Followed by the owner, so that a tick without a stored generation still knows whose history to heal.</summary>
    internal const string ReminderPrefix = "drive/";

    /// <summary>A stop waits so long for the ledger step in hand; the host gives twenty seconds.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private Generation _generation = new();
    private LiveState _live = LiveState.Queued;
    private GenerationSnapshot? _snapshot;
    private IGrainReminder? _reminder;
    private Task _loop = Task.CompletedTask;
    private bool _isSubmitting;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Publish(state.State);
        EnsureLoop();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _loop.WaitAsync(StopPatience, time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_generation.IsUnfinished && reason.ReasonCode is not DeactivationReasonCode.ShuttingDown)
        {
            resume.Enqueue(Id);
        }
    }

    public void Dispose()
    {
        if (_loop.IsCompleted)
        {
            _stop.Dispose();    // a loop that outlived the stop still looks at the token, and may write
            _writing.Dispose();
        }
    }

    public Task<GenerationSnapshot?> GetAsync() => Task.FromResult(Known());

    public Task<LoggedGeneration?> GetLogAsync() =>
        Task.FromResult(_snapshot is { } snapshot ? new LoggedGeneration(snapshot, _generation.Log) : null);

    public async Task<SubmitReply> SubmitAsync(GenerationRequest request)
    {
        if (_generation.IsAccepted)
        {
            return new SubmitReply(_snapshot, null);
        }

        _isSubmitting = true;
        var budget = Budget(backends.Current.Name);
        BudgetReply turn;
        AllowanceReply? allowance;
        try
        {
            turn = await budget.AdmitAsync(Id, time.GetUtcNow());
            if (turn.Standing is BudgetStanding.Full)
            {
                _isSubmitting = false;
                DeactivateOnIdle();
                return new SubmitReply(null, turn.RetryAfter);
            }

            allowance = await TakeAllowanceAsync(request.Owner);
            if (allowance?.Refusal is { } refusal)
            {
                _isSubmitting = false;
                DeactivateOnIdle();
                await budget.ReleaseAsync(Id);
                return new SubmitReply(null, refusal.Reset, allowance);
            }

            await AcceptAsync(request);
        }
        catch
        {
            _isSubmitting = false;
            DeactivateOnIdle();    // what the store holds now is not known: read it again
            await budget.ReleaseAsync(Id);
            throw;
        }

        _isSubmitting = false;
        Show(turn.Standing is BudgetStanding.Granted ? LiveState.Queued : LiveState.Waiting(turn));
        EnsureLoop(turn);
        return new SubmitReply(_snapshot, null, allowance);
    }

    public Task PokeAsync()
    {
        EnsureLoop();
        Wake();
        return Task.CompletedTask;
    }

    public Task<bool> NeedsSlotAsync() => Task.FromResult(_isSubmitting || _generation.NeedsSlot);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_generation.IsAccepted)
        {
            if (_parkedUntil is null || _parkedUntil <= Now)
            {
                EnsureLoop(isReminded: true);
            }

            return;
        }

        // A submit that broke off between its first write and its last was never answered: leave no trace of it.
        await GrainFactory.GetGrain<IHistoryGrain>(reminderName[ReminderPrefix.Length..]).RemoveAsync(Id, place: null);
        await UnregisterReminderAsync(reminderName);
    }

    /// <summary>
    /// The order of the three writes is what heals a crash between them: the reminder comes first, so that whatever follows is found
    /// again; the state comes last, so that a generation that exists is in its owner's history.
    /// </summary>
    private async Task AcceptAsync(GenerationRequest request)
    {
        _reminder = await RegisterReminderAsync(request.Owner);
        var entry = await GrainFactory.GetGrain<IHistoryGrain>(request.Owner).AppendAsync(Id);
        await SaveAsync(Generation.Accept(request, entry) with { TraceParent = GenerationTelemetry.Accept(Id) });
        LogAccepted(Id, backends.Current.Name, request.DurationSeconds, request.Side);
    }

    private Task<IGrainReminder> RegisterReminderAsync(string owner) =>
        this.RegisterOrUpdateReminder(ReminderPrefix + owner, ReminderPeriod, ReminderPeriod);

    private async Task UnregisterReminderAsync(string name)
    {
        if ((_reminder ?? await this.GetReminder(name)) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        _reminder = null;
    }

    private IBudgetGrain Budget(string backend) => GrainFactory.GetGrain<IBudgetGrain>(backend);

    private void Publish(Generation generation)
    {
        _generation = generation;
        Show(LiveState.Of(generation));
    }

    private void Show(LiveState live)
    {
        var before = _snapshot;
        _live = live;
        _snapshot = _generation is { IsAccepted: true, IsDeleted: false } ? live.Snapshot(Id, _generation) : null;
        if (_snapshot is { } now && now != before)
        {
            news.Tell(now);
        }
        else if (_snapshot is null && before is not null)
        {
            news.Deleted(before.Request.Owner, Id);
        }
    }

    private GenerationSnapshot? Known()
    {
        if (_snapshot is null && !_isSubmitting)
        {
            DeactivateOnIdle();    // an id that nobody submitted must not hold memory
        }

        return _snapshot;
    }

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} accepted for {Backend}: {DurationSeconds} s, {Side} px")]
    private partial void LogAccepted(string generationId, string backend, int durationSeconds, int side);
}
