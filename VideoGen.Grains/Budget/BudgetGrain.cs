using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Budget;

[GrainType("videogen.budget")]
internal sealed partial class BudgetGrain(
    [PersistentState("budget")] IPersistentState<BudgetState> state,
    IOptions<BudgetOptions> options,
    GenerationTelemetry telemetry,
    TimeProvider time,
    ILogger<BudgetGrain> logger) : Grain, IBudgetGrain
{
    /// <summary>A holder on a silo that hangs must not hold up the questions to the others for longer.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, HolderCheck> _checks = [];
    private readonly long _activatedAt = time.GetTimestamp();
    private RenderSlots _slots = RenderSlots.Empty;

    private string Backend => this.GetPrimaryKeyString();

    private int Slots => options.Value.MaxConcurrent;

    private TimeSpan CheckInterval => options.Value.HolderCheckInterval;

    private TimeSpan Now => time.GetElapsedTime(_activatedAt);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _slots = RenderSlots.Load(state.State, time.GetUtcNow());
        foreach (var id in _slots.Budget.Holders)
        {
            _checks[id] = new HolderCheck(Now);
        }

        Tell();
        var second = TimeSpan.FromSeconds(1);
        this.RegisterGrainTimer(GrantInTimeAsync, new GrainTimerCreationOptions(second, second) { KeepAlive = true });
        this.RegisterGrainTimer(
            AskHoldersAsync,
            new GrainTimerCreationOptions(TimeSpan.Zero, CheckInterval < second ? CheckInterval : second) { Interleave = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        telemetry.BudgetLeft(Backend);
        return Task.CompletedTask;
    }

    public async Task<BudgetReply> AdmitAsync(string generationId, DateTimeOffset acceptedAt)
    {
        if (_slots.Budget.Unfinished >= options.Value.MaxUnfinished)
        {
            return new BudgetReply(BudgetStanding.Full, RetryAfter: TimeSpan.FromSeconds(30));
        }

        var request = new SlotRequest(generationId, acceptedAt);
        await ChangeAsync(_slots.Join(request, isNew: true), asking: generationId);
        return Reply(request);
    }

    public Task<BudgetReply> RequestAsync(string generationId, DateTimeOffset acceptedAt, bool isRunning) =>
        RequestSlotAsync(new SlotRequest(generationId, acceptedAt, IsRunning: isRunning));

    public async Task<BudgetReply> RequestSlotAsync(SlotRequest request)
    {
        var isBack = request.IsRunning || _slots.Budget.IsHolder(request.GenerationId);
        await ChangeAsync(
            request.IsRunning ? _slots.Claim(request.GenerationId) : _slots.Join(request), asking: request.GenerationId);
        if (isBack)
        {
            _checks[request.GenerationId] = HolderCheck.CameBack(Now, CheckInterval);
        }

        return Reply(request);
    }

    public Task ReleaseAsync(string generationId)
    {
        _checks.Remove(generationId);
        return ChangeAsync(_slots.Leave(generationId, Now), asking: generationId);
    }

    public Task PauseAsync(TimeSpan duration, string reason) =>
        PauseAsync(_slots with
        {
            Pauses = _slots.Pauses.Refused(
                new UpstreamPause(GenerationErrorCode.RateLimited, reason, RetryAfter: duration), by: "", time.GetUtcNow(), Now),
        });

    public async Task<BudgetReply> PauseUpstreamAsync(UpstreamPause pause, SlotRequest refused)
    {
        _checks.Remove(refused.GenerationId);
        await PauseAsync(_slots.Refuse(pause, refused, time.GetUtcNow(), Now), refused.GenerationId);
        return Reply(refused);
    }

    public async Task ResumeAsync(string generationId)
    {
        if (_slots.Pauses.IsProbe(generationId))
        {
            LogResumed(Backend, generationId);
            await ChangeAsync(_slots.Resume(generationId));
        }
    }

    public Task<ImmutableArray<PausedUpstream>> GetPausesAsync() => Task.FromResult<ImmutableArray<PausedUpstream>>(
        [.. _slots.Pauses.All.Select(pause => new PausedUpstream(Backend, pause.Pause, pause.Since))]);

    private async Task PauseAsync(RenderSlots next, string? asking = null)
    {
        foreach (var begun in next.Pauses.All.ExceptBy(_slots.Pauses.All.Select(pause => pause.Pause.Model), pause => pause.Pause.Model))
        {
            LogPaused(Backend, begun.Pause.Reason, begun.Pause.Model);
        }

        await ChangeAsync(next, asking);
    }

    private BudgetReply Reply(SlotRequest request)
    {
        var id = request.GenerationId;
        if (_slots.Budget.IsHolder(id))
        {
            return new BudgetReply(BudgetStanding.Granted, IsProbe: _slots.Pauses.IsProbe(id));
        }

        var position = _slots.Budget.PositionOf(id);
        var pause = _slots.Pauses.Of(request.Model)?.Pause;
        return new BudgetReply(
            BudgetStanding.Waiting, position, pause?.Message, Pause: pause,
            AskAfter: AskingAgain.After(position, Slots, Random.Shared.NextDouble()));
    }

    /// <summary>Grants what is free, stores what must be before anybody learns of it, then wakes the new holders.</summary>
    private async Task ChangeAsync(RenderSlots next, string? asking = null)
    {
        var granted = next.Grant(Slots, Now);
        var (before, after) = (_slots.Budget.Holders, granted.Budget.Holders);
        var added = ReferenceEquals(before, after) ? [] : after.Except(before);
        var stored = granted.ToState(state.State, hasNewHolders: !added.IsEmpty);
        if (!ReferenceEquals(stored, state.State))
        {
            await StoreAsync(stored);
        }

        _slots = granted;
        Tell();
        foreach (var id in added)
        {
            _checks[id] = HolderCheck.Granted(Now);
            if (id != asking)
            {
                await GrainFactory.GetGrain<IGenerationGrain>(id).PokeAsync();
            }
        }
    }

    /// <summary>
    /// A write that failed may have been carried out. What is stored tells; where that cannot be read either, or is of another activation,
    /// this one ends.
    /// </summary>
    private async Task StoreAsync(BudgetState next)
    {
        var before = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception exception)
        {
            state.State = before;
            if (exception is InconsistentStateException || await ReadBackAsync() is not { } stored || !IsOneOf(stored, before, next))
            {
                DeactivateOnIdle();
                throw;
            }

            if (stored.WriteId != next.WriteId)
            {
                throw;
            }
        }
    }

    private static bool IsOneOf(BudgetState stored, BudgetState before, BudgetState next) =>
        stored.WriteId == before.WriteId || stored.WriteId == next.WriteId;

    private async Task<BudgetState?> ReadBackAsync()
    {
        try
        {
            await state.ReadStateAsync();
            return state.State;
        }
        catch (Exception exception)
        {
            LogUnsettled(exception, Backend);
            return null;
        }
    }

    private void Tell() => telemetry.Budgeted(
        Backend, _slots.Budget.Holders.Count, _slots.Budget.Waiting.Count, _slots.Pauses.All.Select(pause => pause.Pause.Reason));

    private Task GrantInTimeAsync(CancellationToken cancellationToken) => ChangeAsync(_slots);

    /// <summary>
    /// Only the holder's own durable state can say that a slot is free; asking also brings a lost holder back to life. It
    /// interleaves, because a dead silo answers late, and so it changes no slot itself.
    /// </summary>
    private Task AskHoldersAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_checks.Where(check => check.Value.NextAt <= Now).ToList().Select(check => AskAsync(check.Key, check.Value)));

    private async Task AskAsync(string id, HolderCheck check)
    {
        var next = await NextAsync(id, check);
        if (!ReferenceEquals(_checks.GetValueOrDefault(id), check))
        {
            return;    // it came back or gave its slot back meanwhile
        }

        if (next is null)
        {
            await this.AsReference<IBudgetGrain>().ReleaseAsync(id);
        }
        else
        {
            _checks[id] = next;
        }
    }

    /// <summary>Null when the slot is free. What one holder answers, or does not, is nothing to the others.</summary>
    private async Task<HolderCheck?> NextAsync(string id, HolderCheck check)
    {
        var holder = GrainFactory.GetGrain<IGenerationGrain>(id);
        try
        {
            if (!await holder.NeedsSlotAsync().WaitAsync(AnswerPatience, time))
            {
                LogReclaimed(Backend, id);
                return null;
            }
        }
        catch (Exception exception)
        {
            var unread = check.Unreadable(Now, CheckInterval);
            var isGivenUp = unread.IsGivenUp(Now);
            LogUnreadable(isGivenUp ? LogLevel.Error : LogLevel.Warning, exception, Backend, id, isGivenUp);
            return isGivenUp ? null : unread;
        }

        if (!check.HasComeBack)
        {
            await holder.PokeAsync();
        }

        return check.Needed(Now, CheckInterval);
    }

    [LoggerMessage(LogLevel.Warning, "Backend {Backend} is paused: {Reason}, model {Model}; one generation at a time finds out when it is over")]
    private partial void LogPaused(string backend, string reason, string? model);

    [LoggerMessage(LogLevel.Information, "Backend {Backend} accepts orders again, as generation {GenerationId} found out")]
    private partial void LogResumed(string backend, string generationId);

    [LoggerMessage(LogLevel.Warning, "Backend {Backend}: it is not known whether its slots were stored; they are read again")]
    private partial void LogUnsettled(Exception exception, string backend);

    [LoggerMessage(LogLevel.Information, "Backend {Backend}: slot of generation {GenerationId} is free again")]
    private partial void LogReclaimed(string backend, string generationId);

    [LoggerMessage(Message = "Backend {Backend}: generation {GenerationId} holds a slot and cannot be read; slot given to others: {IsGivenUp}")]
    private partial void LogUnreadable(LogLevel level, Exception exception, string backend, string generationId, bool isGivenUp);
}
