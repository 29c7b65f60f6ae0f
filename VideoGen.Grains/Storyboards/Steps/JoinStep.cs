using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Storyboards.State;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>Joins the finished shots. An interrupted join continues from the parts that it has stored.</summary>
internal sealed partial class JoinStep(StoryboardContext context)
{
    private static readonly TimeSpan ShowInterval = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>How long a join may fail for reasons that pass before it fails.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(1);

    private readonly MissingVideo _missing = new(context);
    private readonly ILogger _log = context.Tools.Log;

    private long? _failingSince;

    public async Task RunAsync(CancellationToken stop)
    {
        if (context.Storyboard is { Join: { } earlier, JoinKey: var key } && earlier.Key != key
            && earlier.Key != context.Storyboard.FilmKey)
        {
            await DeleteAsync(earlier);
        }

        await context.Store.ChangeAsync(current => current.Joining(context.Id, context.Now));
        if (context.Storyboard is not { Status: StoryboardStatus.Joining, Join: { } join })
        {
            return;
        }

        var progress = new LatestProgress();
        var work = context.Tools.Join.RunAsync(join.Request, progress, stop);
        while (!work.IsCompleted)
        {
            context.View.ShowJoin(progress.Value);
            await ((Task)work).WaitAsync(ShowInterval, context.Tools.Time, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await HandleAsync(join, await work, stop);
    }

    private async Task HandleAsync(JoinInWork join, JoinOutcome outcome, CancellationToken stop)
    {
        switch (outcome)
        {
            case JoinOutcome.Finished finished:
                _failingSince = null;
                await context.Store.ChangeAsync(current => current.Joined(join, finished.Video, context.Now));
                LogJoined(context.Id, join.Request.Shots.Length, finished.Video.Bytes);
                break;
            case JoinOutcome.ShotMissing missing:
                await HandleMissingAsync(join, missing.Shot, stop);
                break;
            case JoinOutcome.Failed failed:
                await FailAsync(join, failed.Error);
                break;
            case JoinOutcome.Unavailable unavailable when IsOverdue():
                await FailAsync(join, unavailable.Error);
                break;
            case JoinOutcome.Unavailable unavailable:
                LogDelayed(context.Id, unavailable.Error.Code);
                context.View.ShowJoinWait(unavailable.Error.Message);
                await context.Wake.WaitAsync(Pause, stop);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task HandleMissingAsync(JoinInWork join, int shot, CancellationToken stop)
    {
        LogShotMissing(context.Id, shot);
        if (context.Storyboard.Shots[shot - 1].Take is not { GenerationId: var id } || !await _missing.IsGoneAsync(id))
        {
            context.View.ShowJoinWait($"The video of shot {shot} cannot be found now. The server will look for it again.");
            await context.Wake.WaitAsync(Pause, stop);
            return;
        }

        await DeleteAsync(join);
        await context.Store.ChangeAsync(current => current.TakeGone(id, context.Now));
    }

    private bool IsOverdue()
    {
        var time = context.Tools.Time;
        return time.GetElapsedTime(_failingSince ??= time.GetTimestamp()) > Deadline;
    }

    private async Task FailAsync(JoinInWork join, GenerationError error)
    {
        _failingSince = null;
        LogNotJoined(context.Id, error.Code);
        await DeleteAsync(join);
        await context.Store.ChangeAsync(current => current.JoinFailed(join, error, context.Now));
    }

    private async Task DeleteAsync(JoinInWork join)
    {
        foreach (var (kind, name) in JoinFiles.Of(join.Request))
        {
            await context.Tools.Media.DeleteAsync(kind, name, CancellationToken.None);
        }
    }

    [LoggerMessage(LogLevel.Information, "Storyboard {StoryboardId}: {Shots} shots joined into {Bytes} bytes")]
    private partial void LogJoined(string storyboardId, int shots, long bytes);

    [LoggerMessage(LogLevel.Warning, "Storyboard {StoryboardId}: the video of shot {Shot} is not in the media store")]
    private partial void LogShotMissing(string storyboardId, int shot);

    [LoggerMessage(LogLevel.Warning, "Storyboard {StoryboardId} could not be joined: {Code}")]
    private partial void LogNotJoined(string storyboardId, string code);

    [LoggerMessage(LogLevel.Warning, "Storyboard {StoryboardId} cannot be joined now: {Code}; retrying")]
    private partial void LogDelayed(string storyboardId, string code);
}
