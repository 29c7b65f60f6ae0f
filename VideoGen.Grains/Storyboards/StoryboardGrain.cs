using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.History;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.State;
using VideoGen.Grains.Storyboards.Steps;

namespace VideoGen.Grains.Storyboards;

/// <summary>
/// Requests, the reminder and the lifecycle of one storyboard. Its <see cref="StoryboardLoop"/> makes the shots and joins them.
/// </summary>
[GrainType("videogen.storyboard")]
internal sealed partial class StoryboardGrain(
    [PersistentState("storyboard")] IPersistentState<Storyboard> state, StoryboardTools tools)
    : Grain, IStoryboardGrain, IShotOwnerGrain, IRemindable, IDisposable
{
    /// <summary>Shorter than the time after which the API gives a call up (9 s).</summary>
    private static readonly TimeSpan LongestWatch = TimeSpan.FromSeconds(5);

    private readonly ILogger _log = tools.Log;

    /// <summary>Requests and watches in progress: a walk over all storyboards must not end them.</summary>
    private int _busy;

    private StoryboardContext _context = null!;
    private StoryboardLoop _loop = null!;
    private StoryboardCommands _commands = null!;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _context = new StoryboardContext(Id, state, new StoryboardReminder(this), GrainFactory, tools, Leave);
        _loop = new StoryboardLoop(_context, Leave);
        _commands = new StoryboardCommands(_context, _loop);
        _loop.Begin();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _loop.StopAsync();

    public void Dispose() => _loop?.Dispose();    // null when the activation failed

    /// <summary>The list comes first, so that every storyboard that exists is in it, and the character knows it.</summary>
    public async Task<StoryboardSnapshot> CreateAsync(NewStoryboard storyboard)
    {
        if (_context.View.Snapshot is { } known)
        {
            return known;
        }

        await _loop.WhenForgottenAsync();
        await GrainFactory.GetGrain<IHistoryGrain>(HistoryKey.Storyboards(storyboard.Owner)).AppendAsync(Id);
        await _context.Store.ChangeAsync(_ => Storyboard.Create(storyboard, _context.Now));
        LogCreated(Id, storyboard.Shots.Length);
        return _context.View.Snapshot!;
    }

    public Task<StoryboardSnapshot?> GetAsync() => Task.FromResult(Known());

    public Task<StoryboardSnapshot?> WatchAsync(string? seen) =>
        BusyAsync(async () => Known() is null ? null : await _context.View.WaitAsync(seen, LongestWatch));

    public Task<StoryboardReply?> ChangeAsync(
        int planVersion, StoryboardSettings settings, ImmutableArray<ShotPlan> shots) =>
        IfKnownAsync(() => _commands.ChangeAsync(planVersion, settings, shots));

    public Task<StoryboardReply?> ChangeShotAsync(int planVersion, int number, ShotPlan plan) =>
        IfKnownAsync(() => _commands.ChangeShotAsync(planVersion, number, plan));

    public Task<StoryboardReply?> RenderAsync(CastForRender? cast, UsedKey? key) =>
        IfKnownAsync(() => _commands.RenderAsync(cast, key));

    public Task<StoryboardReply?> FindKeyAsync(UsedKey key) =>
        Task.FromResult(Known() is null ? null : _commands.Earlier(key));

    public Task<StoryboardReply?> RegenerateAsync(int number, int planVersion, ShotPlan? plan, UsedKey? key) =>
        IfKnownAsync(() => _commands.RegenerateAsync(number, planVersion, plan, key));

    public Task<StoryboardReply?> RetryAsync(int? number, UsedKey? key) =>
        IfKnownAsync(() => _commands.RetryAsync(number, key));

    public Task<StoryboardReply?> CancelAsync(int? number) => IfKnownAsync(() => _commands.CancelAsync(number));

    public Task<DeleteOutcome> DeleteAsync(bool force) => BusyAsync(async () =>
        Known() is null ? DeleteOutcome.Unknown : await _commands.DeleteAsync(force));

    public Task<ImmutableArray<string>> GetPicturesAsync()
    {
        LeaveUnlessBusy();
        return Task.FromResult(_context.Storyboard.Pictures());
    }

    public Task<KeptJoinedVideo?> GetKeptAsync()
    {
        LeaveUnlessBusy();
        return Task.FromResult(_context.Storyboard is { Film: { } film, IsDeleted: false } storyboard
            ? new KeptJoinedVideo(storyboard.FilmAt ?? storyboard.UpdatedAt, film.Bytes + film.PosterBytes)
            : null);
    }

    public Task ExpireAsync(ExpiryReason reason) => BusyAsync(async () =>
    {
        if (Known() is not null && await _context.Store.ChangeAsync(current => current.Expired(reason, _context.Now)))
        {
            LogExpired(Id, reason);
            _loop.Ensure();
        }

        return true;
    });

    public Task<bool> IsInWorkAsync(string generationId) => Task.FromResult(
        _context.Storyboard is { IsDeleted: false } storyboard && storyboard.IndexOf(generationId) is >= 0 and var index
        && storyboard.IsInWork(index));

    public Task ShotEndedAsync(string generationId)
    {
        if (Known() is not null)
        {
            _loop.Ended(generationId);
        }

        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => _loop.RemindAsync();

    /// <summary>An id that does not exist must not use memory.</summary>
    private StoryboardSnapshot? Known()
    {
        if (_context.View.Snapshot is null && !_context.Storyboard.HasWork)
        {
            DeactivateOnIdle();
        }

        return _context.View.Snapshot;
    }

    private Task<StoryboardReply?> IfKnownAsync(Func<Task<StoryboardReply>> act) =>
        BusyAsync(async () => Known() is null ? null : await act());

    private async Task<T> BusyAsync<T>(Func<Task<T>> act)
    {
        _busy++;
        try
        {
            return await act();
        }
        finally
        {
            _busy--;
        }
    }

    /// <summary>A walk over a list must not load all of it into memory.</summary>
    private void LeaveUnlessBusy()
    {
        if (_busy == 0 && !_context.Storyboard.HasWork)
        {
            Leave();
        }
    }

    /// <summary>Ends the activation; those who watch ask the next one.</summary>
    private void Leave()
    {
        _context.View.Release();
        DeactivateOnIdle();
    }

    [LoggerMessage(LogLevel.Information, "Storyboard {StoryboardId}: joined video expired: {Reason}")]
    private partial void LogExpired(string storyboardId, ExpiryReason reason);

    [LoggerMessage(LogLevel.Information, "Storyboard {StoryboardId} created: {Shots} shots")]
    private partial void LogCreated(string storyboardId, int shots);
}
