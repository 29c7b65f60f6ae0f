using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
    private readonly Dictionary<string, DateTimeOffset> _lastHeard = [];
    private RenderBudget _budget = RenderBudget.Empty;
    private DateTimeOffset _pausedUntil;
    private string? _pauseReason;

    private IReadOnlyList<string> Granted => state.State.Holders;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _budget = _budget with { Holders = [.. Granted] };
        Tell();
        var second = TimeSpan.FromSeconds(1);
        var check = options.Value.HolderCheckInterval;
        if (Granted.Count > 0)
        {
            // After a crash the queue is empty: those who waited get so long to ask again before newer ones pass them.
            _pausedUntil = time.GetUtcNow() + check;
        }

        this.RegisterGrainTimer(GrantAfterPauseAsync, new GrainTimerCreationOptions(second, second) { KeepAlive = true });
        this.RegisterGrainTimer(AskSilentHoldersAsync, new GrainTimerCreationOptions(check, check) { Interleave = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        telemetry.BudgetLeft(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task<BudgetReply> AdmitAsync(string generationId, DateTimeOffset acceptedAt) =>
        _budget.Unfinished < options.Value.MaxUnfinished
            ? RequestAsync(generationId, acceptedAt, isRunning: false)
            : Task.FromResult(new BudgetReply(BudgetStanding.Full, RetryAfter: TimeSpan.FromSeconds(30)));

    public async Task<BudgetReply> RequestAsync(string generationId, DateTimeOffset acceptedAt, bool isRunning)
    {
        _lastHeard[generationId] = time.GetUtcNow();
        await GrantAsync(isRunning ? _budget.Claim(generationId) : _budget.Join(generationId, acceptedAt), except: generationId);
        if (_budget.IsHolder(generationId))
        {
            return new BudgetReply(BudgetStanding.Granted);
        }

        _lastHeard.Remove(generationId);
        var place = _budget.PositionOf(generationId);
        return new BudgetReply(
            BudgetStanding.Waiting, place, IsPaused ? _pauseReason : null,
            AskAfter: AskingAgain.After(place, options.Value.MaxConcurrent, Random.Shared.NextDouble()));
    }

    public Task ReleaseAsync(string generationId)
    {
        _lastHeard.Remove(generationId);
        return GrantAsync(_budget.Leave(generationId), except: generationId);
    }

    public Task PauseAsync(TimeSpan duration, string reason)
    {
        var until = time.GetUtcNow() + duration;
        if (until > _pausedUntil)
        {
            (_pausedUntil, _pauseReason) = (until, reason);
            LogPaused(this.GetPrimaryKeyString(), duration, reason);
        }

        return Task.CompletedTask;
    }

    private bool IsPaused => time.GetUtcNow() < _pausedUntil;

    /// <summary>Grants what is free, persists the holders before anybody learns of it, then wakes the new ones.</summary>
    private async Task GrantAsync(RenderBudget next, string? except)
    {
        var granted = IsPaused ? next : next.Grant(options.Value.MaxConcurrent);
        var added = ReferenceEquals(granted.Holders, _budget.Holders) ? [] : granted.Holders.Except(_budget.Holders);
        if (!added.IsEmpty)
        {
            await WriteAsync([.. granted.Holders]);
        }

        _budget = granted;
        Tell();
        foreach (var id in added)
        {
            _lastHeard[id] = time.GetUtcNow();
            if (id != except)
            {
                await GrainFactory.GetGrain<IGenerationGrain>(id).PokeAsync();
            }
        }
    }

    private void Tell() => telemetry.Budgeted(this.GetPrimaryKeyString(), _budget.Holders.Count, _budget.Queue.Count);

    private async Task WriteAsync(IReadOnlyList<string> holders)
    {
        var before = state.State;
        state.State = new BudgetState { Holders = holders };
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = before;
            throw;
        }
    }

    private Task GrantAfterPauseAsync(CancellationToken cancellationToken) => GrantAsync(_budget, except: null);

    /// <summary>
    /// Only the holder's own durable state can say that a slot is free; asking also brings a lost holder back to life. It
    /// interleaves, because a dead silo answers late, and so it changes nothing itself.
    /// </summary>
    private async Task AskSilentHoldersAsync(CancellationToken cancellationToken)
    {
        foreach (var id in _budget.Holders)
        {
            if (_lastHeard.TryGetValue(id, out var heard) && time.GetUtcNow() - heard < options.Value.HolderCheckInterval)
            {
                continue;
            }

            if (await GrainFactory.GetGrain<IGenerationGrain>(id).NeedsSlotAsync())
            {
                _lastHeard[id] = time.GetUtcNow();
            }
            else
            {
                LogReclaimed(this.GetPrimaryKeyString(), id);
                await this.AsReference<IBudgetGrain>().ReleaseAsync(id);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Backend {Backend}: no new renders for {Duration}: {Reason}")]
    private partial void LogPaused(string backend, TimeSpan duration, string reason);

    [LoggerMessage(LogLevel.Information, "Backend {Backend}: slot of generation {GenerationId} is free again")]
    private partial void LogReclaimed(string backend, string generationId);
}
