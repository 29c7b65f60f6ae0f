using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// What the steps of one generation share: its store, what is shown of it, and how to wait. It belongs to one activation and is
/// used on its scheduler only.
/// </summary>
internal sealed class GenerationContext : IDisposable
{
    private Elapsed? _started;

    public GenerationContext(string id, IPersistentState<Generation> state, IGrainFactory grains, GenerationTools tools)
    {
        (Id, Grains, Tools) = (id, grains, tools);
        View = new LiveView(id, tools.News);
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
    public RenderRequest Order => new(Id, Attempt.Number, Generation.Request!);
    public DateTimeOffset Now => Tools.Time.GetUtcNow();
    public GenerationOptions Options => Tools.Options;

    /// <summary>The backend of the attempt in hand; null when this server no longer has it.</summary>
    public IVideoBackend? Backend => Tools.Backends.Find(Attempt.Backend);

    /// <summary>Steps of this activation that ended without a new ledger line since the last one.</summary>
    public int Inconclusive { get; set; }

    /// <summary>What was in the way since the last ledger line; null when nothing was.</summary>
    public GenerationError? LastReason { get; private set; }

    /// <summary>
    /// Whether the attempt in hand takes longer than it may. A full disk is nobody's deadline: what is paid for waits until there
    /// is room.
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

    /// <summary>
    /// Writes a ledger line, which only an unfinished generation can get; false when it was finished meanwhile.
    /// </summary>
    public async Task<bool> WriteAsync(Func<Generation, Generation> line)
    {
        var isWritten = await Store.ChangeAsync(generation => generation.IsUnfinished ? line(generation) : generation);
        (Inconclusive, LastReason) = (0, null);
        return isWritten;
    }

    /// <summary>
    /// The backend of a job that runs, whose slot is kept over crashes; null when this server no longer has it, which ends the generation.
    /// </summary>
    public async Task<IVideoBackend?> FollowAsync()
    {
        if (Tools.Backends.Find(Attempt.Backend) is not { } backend)
        {
            await WriteAsync(generation => generation.Failed(LedgerErrors.BackendMissing(Attempt), Now));
            return null;
        }

        if (Inconclusive == 0)
        {
            await Slot.KeepAsync(backend.Name);
        }

        return backend;
    }

    /// <summary>Shows what is in the way and waits, longer each time, until it is worth trying again.</summary>
    public Task PauseAsync(GenerationError reason, TimeSpan? asked, CancellationToken stop)
    {
        var own = Backoff.Delay(
            Inconclusive + 1, Options.PollInterval, Options.MaxRetryDelay / 10, null, Random.Shared.NextDouble());
        return PauseForAsync(reason, asked > own ? asked.Value : own, stop);
    }

    /// <summary>Shows what is in the way and waits so long for it to pass.</summary>
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
