using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.State;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>
/// Submits the shots that can start, all at once. Each is stored as about to be submitted first, so that after a crash it is
/// submitted again under the same id, which gives the same generation.
/// </summary>
internal sealed partial class SubmitShotsStep(StoryboardContext context)
{
    private readonly StartPictures _pictures = new(context);
    private readonly ILogger _log = context.Tools.Log;

    public async Task RunAsync(CancellationToken stop)
    {
        await PrepareAsync(stop);
        var takes = context.Storyboard.Shots.Select(shot => shot.Next).OfType<Take>()
            .Where(take => take.Phase is TakePhase.Submitting or TakePhase.Retrying).ToList();
        await Task.WhenAll(takes.Select(take => SendAsync(take, stop)));
    }

    /// <summary>Stores what each ready shot starts from: one write for all of them.</summary>
    private async Task PrepareAsync(CancellationToken stop)
    {
        var storyboard = context.Storyboard;
        List<(string TakeId, StartPicture Picture)> ready = [];
        foreach (var index in Enumerable.Range(0, storyboard.Shots.Length).Where(storyboard.IsReady))
        {
            var takeId = storyboard.Shots[index].Next!.GenerationId;
            try
            {
                if (await _pictures.OfAsync(index, stop) is { } picture)
                {
                    ready.Add((takeId, picture));
                }
            }
            catch (Exception exception) when (!context.Store.IsBroken && !stop.IsCancellationRequested)
            {
                context.View.ShowWait(
                    takeId, "The last frame of the previous shot cannot be stored now. The server will try again.");
                LogNoPicture(exception, context.Id, index + 1);
            }
        }

        await context.Store.ChangeAsync(current => ready.Aggregate(current, (next, one) =>
            next.IsReady(next.IndexOf(one.TakeId)) && next.Shots[next.IndexOf(one.TakeId)].Next!.Plan == one.Picture.Plan
                ? next.Submitting(one.TakeId, one.Picture.Name, one.Picture.From, context.Now)
                : next));
    }

    /// <summary>A generation that cannot be reached now holds up nothing but its own shot.</summary>
    private async Task SendAsync(Take take, CancellationToken stop)
    {
        try
        {
            await SendAsync(take);
        }
        catch (Exception exception) when (!context.Store.IsBroken && !stop.IsCancellationRequested)
        {
            LogNotSubmitted(exception, context.Id, take.GenerationId);
        }
    }

    private async Task SendAsync(Take take)
    {
        var generation = context.Grains.GetGrain<IGenerationGrain>(take.GenerationId);
        if (take.IsCancelRequested && await generation.GetAsync() is null && !await generation.IsUnfinishedAsync())
        {
            await context.Store.ChangeAsync(current => current.NeverSubmitted(take.GenerationId, context.Now));
            return;
        }

        if (take.Phase is TakePhase.Retrying && !await NeedsRetryAsync(take, generation))
        {
            return;
        }

        var reply = take.Phase is TakePhase.Retrying
            ? await generation.OrderAgainAsync()
            : await generation.SubmitAsync(ShotRequest.Of(context.Id, context.Storyboard, take));
        if (reply is { Generation: { } accepted })
        {
            context.View.Show(accepted);
            await context.Store.ChangeAsync(current => current.Submitted(take.GenerationId, context.Now));
            LogSubmitted(context.Id, take.GenerationId, take.Phase);
        }
        else if (take.Phase is TakePhase.Submitting)
        {
            context.View.ShowWait(take.GenerationId, "The queue is full. The shot will be submitted when there is room.");
        }
        else
        {
            var error = reply is null ? StoryboardErrors.VideoGone : StoryboardErrors.QuotaReached;
            await context.Store.ChangeAsync(current => current.Lost(take.GenerationId, error, context.Now));
        }
    }

    /// <summary>
    /// Whether the generation is as it was when the retry was requested: one that went on meanwhile was retried already, perhaps
    /// just before a crash. A retry that was canceled in time does not happen.
    /// </summary>
    private async Task<bool> NeedsRetryAsync(Take take, IGenerationGrain generation)
    {
        if (await generation.GetAsync() is not { } now)
        {
            return true;    // ordering it again says that it is gone
        }

        var hasEnded = now.Status is GenerationStatus.Failed or GenerationStatus.Canceled;
        if (hasEnded && !take.IsCancelRequested && (take.EndedVersion is null || now.Version == take.EndedVersion))
        {
            return true;
        }

        context.View.Show(now);
        await context.Store.ChangeAsync(current => hasEnded && take.IsCancelRequested
            ? current.RetryGivenUp(take.GenerationId, context.Now)
            : current.Submitted(take.GenerationId, context.Now));
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "Storyboard {StoryboardId}: cannot make the picture that shot {Shot} starts from; retrying")]
    private partial void LogNoPicture(Exception exception, string storyboardId, int shot);

    [LoggerMessage(LogLevel.Warning, "Storyboard {StoryboardId}: generation {GenerationId} cannot be submitted now; retrying")]
    private partial void LogNotSubmitted(Exception exception, string storyboardId, string generationId);

    [LoggerMessage(LogLevel.Information, "Storyboard {StoryboardId}: generation {GenerationId} accepted ({Phase})")]
    private partial void LogSubmitted(string storyboardId, string generationId, TakePhase phase);
}
