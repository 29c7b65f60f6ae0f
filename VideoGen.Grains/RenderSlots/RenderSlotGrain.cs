using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.RenderSlots;

[GrainType("videogen.budget")]
internal sealed partial class RenderSlotGrain(
    [PersistentState("budget")] IPersistentState<RenderSlotState> state,
    IOptions<RenderSlotOptions> options,
    IVideoBackends backends,
    GenerationTelemetry telemetry,
    TimeProvider time,
    ILogger<RenderSlotGrain> logger) : Grain, IBudgetGrain
{
    private readonly long _activatedAt = time.GetTimestamp();
    private SlotTable _slots = SlotTable.Empty;
    private SlotStore _store = null!;
    private HolderWatch _holders = null!;

    private string Backend => this.GetPrimaryKeyString();

    private int Slots => backends.Find(Backend)?.Traits.MaxConcurrent ?? options.Value.MaxConcurrent;

    private TimeSpan Now => time.GetElapsedTime(_activatedAt);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (second, interval) = (TimeSpan.FromSeconds(1), options.Value.HolderCheckInterval);
        _store = new SlotStore(Backend, state, DeactivateOnIdle, logger);
        var hasSisters = backends.Models.Any(model =>
            model.Upstreams.Contains(Backend) && (model.Upstreams.Length > 1 || !model.Fallback.IsEmpty));
        _holders = new HolderWatch(Backend, hasSisters, GrainFactory, interval, time, logger);
        _slots = SlotTable.Load(_store.State, time.GetUtcNow());
        _holders.TakeOver(_slots.Queue.Holders);
        Measure();
        this.RegisterGrainTimer(GrantInTimeAsync, new GrainTimerCreationOptions(second, second) { KeepAlive = true });
        var period = interval < second ? interval : second;
        this.RegisterGrainTimer(AskHoldersAsync, new GrainTimerCreationOptions(TimeSpan.Zero, period) { Interleave = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        telemetry.SlotsMoved(Backend);
        return Task.CompletedTask;
    }

    public async Task<SlotReply> AdmitAsync(string generationId, DateTimeOffset acceptedAt)
    {
        if (_slots.Queue.Unfinished >= options.Value.MaxUnfinished)
        {
            return new SlotReply(SlotStatus.Full, RetryAfter: TimeSpan.FromSeconds(30));
        }

        var request = new SlotRequest(generationId, acceptedAt);
        await ChangeAsync(_slots.Join(request, isNew: true), asking: generationId);
        return Reply(request);
    }

    public Task<SlotReply> RequestAsync(string generationId, DateTimeOffset acceptedAt, bool isRunning) =>
        RequestSlotAsync(new SlotRequest(generationId, acceptedAt, IsRunning: isRunning));

    public async Task<SlotReply> RequestSlotAsync(SlotRequest request)
    {
        var isBack = request.IsRunning || _slots.Queue.IsHolder(request.GenerationId);
        await ChangeAsync(
            request.IsRunning ? _slots.Claim(request.GenerationId) : _slots.Join(request), asking: request.GenerationId);
        if (isBack)
        {
            _holders.CameBack(request.GenerationId);
        }

        return Reply(request);
    }

    public Task ReleaseAsync(string generationId)
    {
        _holders.Left(generationId);
        return ChangeAsync(_slots.Leave(generationId, Now), asking: generationId);
    }

    public Task PauseAsync(TimeSpan duration, string reason) => ChangeAsync(_slots with
    {
        Pauses = _slots.Pauses.Refused(
            new UpstreamPause(GenerationErrorCode.RateLimited, reason, RetryAfter: duration), by: "", time.GetUtcNow(), Now),
    });

    public async Task<SlotReply> PauseUpstreamAsync(UpstreamPause pause, SlotRequest refused)
    {
        _holders.Left(refused.GenerationId);
        var isNew = _slots.Pauses.Of(pause.Model) is null;
        var refusal = isNew ? pause with { RetryAfter = pause.RetryAfter ?? options.Value.FirstProbeDelay } : pause;
        await ChangeAsync(_slots.Refuse(refusal, refused, time.GetUtcNow(), Now), asking: refused.GenerationId);
        return Reply(refused);
    }

    public Task ResumeAsync(string generationId) => ChangeAsync(_slots.Resume(generationId));

    public Task<ImmutableArray<PausedUpstream>> GetPausesAsync() => Task.FromResult<ImmutableArray<PausedUpstream>>(
        [.. _slots.Pauses.All.Select(pause => new PausedUpstream(Backend, pause.Pause, pause.Since))]);

    public async Task<UpstreamUsage> GetUsageAsync() => new(
        Backend, _slots.Queue.Holders.Count, Slots, _slots.Queue.Waiting.Count, await GetPausesAsync());

    private SlotReply Reply(SlotRequest request)
    {
        var id = request.GenerationId;
        if (_slots.Queue.IsHolder(id))
        {
            return new SlotReply(SlotStatus.Granted, IsProbe: _slots.Pauses.IsProbe(id));
        }

        var position = _slots.Queue.PositionOf(id);
        var paused = _slots.Pauses.Of(request.Model);
        var pause = paused?.Pause;
        return new SlotReply(
            SlotStatus.Waiting, position, pause?.Message, Pause: pause,
            AskAfter: PollBackoff.After(position, Slots, Random.Shared.NextDouble()), PausedSince: paused?.Since);
    }

    /// <summary>
    /// Grants free slots, stores what must be stored before any holder learns of it, then wakes the new holders.
    /// </summary>
    private async Task ChangeAsync(SlotTable next, string? asking = null)
    {
        var granted = next.Grant(Slots, Now);
        var (before, after) = (_slots.Queue.Holders, granted.Queue.Holders);
        var added = ReferenceEquals(before, after) ? [] : after.Except(before);
        var stored = granted.ToState(_store.State, hasNewHolders: !added.IsEmpty);
        LogChange(_slots.Pauses, granted.Pauses);
        _slots = next.KeepingOnly(before);    // nothing is granted until it is stored
        if (!ReferenceEquals(stored, _store.State))
        {
            await _store.WriteAsync(stored);
        }

        _slots = granted;
        Measure();
        foreach (var id in added)
        {
            _holders.Granted(id);
            if (id != asking)
            {
                await GrainFactory.GetGrain<IGenerationGrain>(id).PokeAsync();
            }
        }
    }

    private void LogChange(UpstreamPauses before, UpstreamPauses after)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }

        foreach (var begun in after.NotIn(before))
        {
            LogPaused(Backend, begun.Reason, begun.Model);
        }

        foreach (var over in before.NotIn(after))
        {
            LogResumed(Backend, over.Reason, over.Model);
        }
    }

    private void Measure() => telemetry.SlotsChanged(
        Backend, _slots.Queue.Holders.Count, _slots.Queue.Waiting.Count, _slots.Pauses.All.Select(pause => pause.Pause.Reason));

    private Task GrantInTimeAsync(CancellationToken cancellationToken) => ChangeAsync(_slots);

    /// <summary>Interleaves, because a dead silo answers late; therefore it changes no slot itself.</summary>
    private Task AskHoldersAsync(CancellationToken cancellationToken) =>
        _holders.AskAsync(id => this.AsReference<IBudgetGrain>().ReleaseAsync(id));

    [LoggerMessage(LogLevel.Warning,
        "Backend {Backend} is paused: {Reason}, model {Model}; probing with one generation at a time")]
    private partial void LogPaused(string backend, string reason, string? model);

    [LoggerMessage(LogLevel.Information, "Backend {Backend} is no longer paused: {Reason}, model {Model}")]
    private partial void LogResumed(string backend, string reason, string? model);
}
