using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// What the steps of one generation share: its store, its live view, and the ways to wait. It belongs to one activation and is
/// used on its scheduler only.
/// </summary>
internal sealed class GenerationContext : IDisposable
{
    private Elapsed? _started;

    public GenerationContext(string id, IPersistentState<Generation> state, IGrainFactory grains, GenerationTools tools)
    {
        (Id, Grains, Tools) = (id, grains, tools);
        View = new LiveView(id, tools.Notifications);
        Store = new GenerationStore(state, Moved);
        Wake = new WakeSignal(tools.Time);
        Slot = new RenderSlot(this);
        View.Publish(Store.Current);
    }

    public string Id { get; }
    public IGrainFactory Grains { get; }
    public GenerationTools Tools { get; }
    public GenerationStore Store { get; }
    public LiveView View { get; }
    public WakeSignal Wake { get; }
    public RenderSlot Slot { get; }

    public Generation Generation => Store.Current;
    public RenderAttempt Attempt => Generation.Attempt!;
    public RenderRequest RenderRequest => new(Id, Attempt.Number, Generation.Request!, Attempt.Plan.Model);
    public DateTimeOffset Now => Tools.Time.GetUtcNow();
    public GenerationOptions Options => Tools.Options;

    /// <summary>The backend of the current attempt; null when this server has none of that name and kind.</summary>
    public IVideoBackend? Backend => Tools.Backends.Find(Attempt.Backend) is { } backend
        && (Attempt.Kind is null || Attempt.Kind == backend.Traits.Kind) ? backend : null;

    /// <summary>Steps of this activation that ended without a new ledger line since the last one.</summary>
    public int Inconclusive { get; set; }

    /// <summary>The error that prevented progress since the last ledger line; null when there was none.</summary>
    public GenerationError? LastReason { get; private set; }

    /// <summary>
    /// Whether the current attempt has exceeded its deadline. A full disk does not count: what is paid for waits until space is
    /// available.
    /// </summary>
    public bool IsOverdue
    {
        get
        {
            if (LastReason?.Code is GenerationErrorCode.StorageFull || Generation.StartedAt is not { } startedAt)
            {
                return false;
            }

            _started = _started?.Since == startedAt ? _started : new Elapsed(Tools.Time, startedAt);
            return _started.Time > Options.Deadline;
        }
    }

    /// <summary>Writes a ledger line of an unfinished generation; false when it was finished in the meantime.</summary>
    public async Task<bool> WriteAsync(Func<Generation, Generation> line)
    {
        var isWritten = await Store.ChangeAsync(generation => generation.IsUnfinished ? line(generation) : generation);
        (Inconclusive, LastReason) = (0, null);
        return isWritten;
    }

    /// <summary>
    /// The backend of a running job, whose slot is kept over crashes; null when this server no longer has it, which ends the
    /// attempt.
    /// </summary>
    public async Task<IVideoBackend?> FollowAsync()
    {
        if (Backend is not { } backend)
        {
            var error = LedgerErrors.BackendMissing(Attempt);
            await WriteAsync(generation => generation.BackendGone(error, Now));
            return null;
        }

        if (Inconclusive == 0)
        {
            await Slot.KeepAsync(backend.Name);
        }

        return backend;
    }

    /// <summary>Shows the reason and waits, longer each time, before the next try.</summary>
    public Task PauseAsync(GenerationError reason, TimeSpan? asked, CancellationToken stop)
    {
        var own = Backoff.Delay(
            Inconclusive + 1, Options.PollInterval, Options.MaxRetryDelay / 10, null, Random.Shared.NextDouble());
        return PauseForAsync(reason, asked > own ? asked.Value : own, stop);
    }

    /// <summary>Shows the reason and waits for this time.</summary>
    public Task PauseForAsync(GenerationError reason, TimeSpan delay, CancellationToken stop)
    {
        Inconclusive++;
        LastReason = reason;
        Note(LogKind.Waiting, reason.Message);
        View.Show(View.Live with { Stage = GenerationStage.Waiting, WaitReason = reason.Message });
        return Wake.WaitAsync(delay, stop);
    }

    public void Note(LogKind kind, string? detail = null)
    {
        Store.Note(kind, detail, Now);
        View.Follow(Store.Current);
    }

    public void Dispose() => Store.Dispose();

    private void Moved(Generation before, Generation after)
    {
        Tools.Telemetry.Moved(Id, before, after);
        View.Publish(after);
    }
}
