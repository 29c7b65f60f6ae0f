using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.State;
using VideoGen.Grains.Storyboards.Steps;

namespace VideoGen.Grains.Storyboards;

/// <summary>What users can do with an existing storyboard.</summary>
internal sealed partial class StoryboardCommands(StoryboardContext context, StoryboardLoop loop)
{
    private readonly StoryboardAdmission _admission = new(context);
    private readonly ILogger _log = context.Tools.Log;

    private Storyboard Storyboard => context.Storyboard;

    public Task<StoryboardReply> ChangeAsync(
        int planVersion, StoryboardSettings settings, ImmutableArray<ShotPlan> shots) => ChangeAsync(current =>
            current.PlanVersion != planVersion ? StoryboardRefusal.ChangedMeanwhile
            : !current.Allows(settings, shots) ? StoryboardRefusal.AlreadyStarted
            : null,
        current => current.Change(settings, shots, context.Now));

    public Task<StoryboardReply> ChangeShotAsync(int planVersion, int number, ShotPlan plan) => ChangeAsync(current =>
            number > current.Shots.Length ? StoryboardRefusal.NoSuchShot
            : current.PlanVersion != planVersion ? StoryboardRefusal.ChangedMeanwhile
            : current.Shots[number - 1].IsStarted ? StoryboardRefusal.AlreadyStarted
            : null,
        current => current.ChangeShot(number - 1, plan, context.Now));

    public async Task<StoryboardReply> RenderAsync(CastForRender? cast, UsedKey? key)
    {
        if (Earlier(key) is { } earlier)
        {
            return earlier;
        }

        if (Storyboard.IsStarted)
        {
            return Reply();
        }

        var ids = Storyboard.FirstIds;
        if (ids.Length != Storyboard.Shots.Length)
        {
            ids = [.. Storyboard.Shots.Select(_ => Guid.CreateVersion7().ToString())];
            await context.Store.ChangeAsync(current => current with { FirstIds = ids });
        }

        ImmutableArray<Take> takes = [.. Storyboard.Shots.Select((shot, index) => Take.Planned(shot.Plan, id: ids[index]))];
        var admission = await _admission.AdmitAsync(takes);
        if (admission.Refusal is not null)
        {
            return Reply(admission);
        }

        await context.Store.ChangeAsync(current => current.Start(cast, takes, context.Now).Remember(Received(key)));
        LogStarted(context.Id, takes.Length);
        loop.Ensure();
        return Reply(admission);
    }

    public async Task<StoryboardReply> RegenerateAsync(int number, int planVersion, ShotPlan? plan, UsedKey? key)
    {
        if (Earlier(key) is { } earlier)
        {
            return earlier;
        }

        if (RefusalOfRedo(number, planVersion, plan) is { } refusal)
        {
            return Reply() with { Refusal = refusal };
        }

        var shot = Storyboard.Shots[number - 1];
        var take = Take.Planned(plan ?? shot.ShownPlan, (shot.Next ?? shot.Take)?.GenerationId);
        var admission = await _admission.AdmitAsync([take]);
        if (admission.Refusal is not null)
        {
            return Reply(admission);
        }

        var reply = await ChangeAsync(
            _ => RefusalOfRedo(number, planVersion, plan),    // the loop may have found its generation in work again
            current => current.Redo(number - 1, take, context.Now).Remember(Received(key)));
        if (reply.Refusal is not null)
        {
            return reply;
        }

        LogRedone(context.Id, number, take.GenerationId);
        await loop.CutShortAsync();
        return Reply(admission);
    }

    public async Task<StoryboardReply> RetryAsync(int? number, UsedKey? key)
    {
        if (Earlier(key) is { } earlier)
        {
            return earlier;
        }

        var reply = await ChangeAsync(current =>
                number > current.Shots.Length ? StoryboardRefusal.NoSuchShot
                : current.Retryable(number - 1).Any() || (number is null && current.JoinError is not null) ? null
                : StoryboardRefusal.NothingToRetry,
            current => current.Retry([.. current.Retryable(number - 1)], context.Now).Remember(Received(key)));
        return reply;
    }

    public async Task<StoryboardReply> CancelAsync(int? number)
    {
        var reply = await ChangeAsync(current =>
                number > current.Shots.Length ? StoryboardRefusal.NoSuchShot
                : current.Cancelable(number - 1).Any() ? null
                : StoryboardRefusal.AlreadyFinished,
            current => current.Cancel([.. current.Cancelable(number - 1)], context.Now));
        return reply;
    }

    public async Task<DeleteOutcome> DeleteAsync(bool force)
    {
        if (!force && Storyboard.IsInProgress)
        {
            return DeleteOutcome.StillRunning;
        }

        await context.Store.ChangeAsync(current => current.Delete(context.Now));
        loop.Ensure();
        await loop.CutShortAsync();
        return DeleteOutcome.Deleted;
    }

    private StoryboardRefusal? RefusalOfRedo(int number, int planVersion, ShotPlan? plan) =>
        number > Storyboard.Shots.Length ? StoryboardRefusal.NoSuchShot
        : !Storyboard.IsStarted ? StoryboardRefusal.NotStarted
        : Storyboard.IsInWork(number - 1) ? StoryboardRefusal.StillRunning
        : plan is not null && Storyboard.PlanVersion != planVersion ? StoryboardRefusal.ChangedMeanwhile
        : null;

    /// <summary>The reply to a request that repeats one with the same key, or that uses the key of another.</summary>
    public StoryboardReply? Earlier(UsedKey? key) => Storyboard.Find(Received(key)) is not { } known ? null
        : known.Fingerprint == key!.Fingerprint ? Reply() with { IsReplay = true }
        : Reply() with { Refusal = StoryboardRefusal.KeyReused };

    private UsedKey? Received(UsedKey? key) => key is null ? null : key with { At = context.Now };

    /// <summary>Refuses and changes in one turn, because the loop changes the same state.</summary>
    private async Task<StoryboardReply> ChangeAsync(
        Func<Storyboard, StoryboardRefusal?> refuse, Func<Storyboard, Storyboard> change)
    {
        StoryboardRefusal? refusal = null;
        await context.Store.ChangeAsync(current => (refusal = refuse(current)) is null ? change(current) : current);
        loop.Ensure();
        return Reply() with { Refusal = refusal };
    }

    private StoryboardReply Reply(Admission? admission = null) => new(
        context.View.Snapshot!, admission?.Refusal, admission?.RetryAfter, admission?.Quota);

    [LoggerMessage(LogLevel.Information, "Storyboard {StoryboardId} started: {Shots} shots")]
    private partial void LogStarted(string storyboardId, int shots);

    [LoggerMessage(LogLevel.Information, "Storyboard {StoryboardId}: shot {Shot} is regenerated as {GenerationId}")]
    private partial void LogRedone(string storyboardId, int shot, string generationId);
}
