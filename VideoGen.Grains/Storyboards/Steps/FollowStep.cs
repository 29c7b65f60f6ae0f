using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.State;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>Reads the generations of the shots in work, shows their progress, and stores how they ended.</summary>
internal sealed partial class FollowStep(StoryboardContext context)
{
    private readonly HashSet<string> _ended = [];
    private readonly ILogger _log = context.Tools.Log;

    /// <summary>Whether a generation has ended, or ended again after a retry of its own, and is to be read.</summary>
    public bool HasNews => _ended.Count > 0;

    public void Ended(string generationId) => _ended.Add(generationId);

    /// <summary>
    /// Reads also what gave no video so far: an announcement that it has one after all may have been lost.
    /// </summary>
    public void ReadAll()
    {
        foreach (var take in context.Storyboard.Shots.Select(shot => shot.Next).OfType<Take>()
            .Where(take => take.Phase is TakePhase.Failed or TakePhase.Canceled && take.StartPicture is not null))
        {
            _ended.Add(take.GenerationId);
        }
    }

    public async Task RunAsync()
    {
        var takes = context.Storyboard.Shots.Select(shot => shot.Next).OfType<Take>()
            .Where(take => take.Phase is TakePhase.Submitted || _ended.Contains(take.GenerationId)).ToList();
        _ended.Clear();
        var found = await Task.WhenAll(takes.Select(ReadAsync));
        _ended.UnionWith(found.Where(one => !one.IsKnown).Select(one => one.Id));    // read again in the next round
        foreach (var generation in found.Select(one => one.Generation).OfType<GenerationSnapshot>())
        {
            context.View.Show(generation);
        }

        await context.Store.ChangeAsync(current => found.Where(one => one.IsKnown).Aggregate(current, (next, one) =>
            one.Generation is { } generation
                ? next.Followed(generation, context.Now)
                : next.Lost(one.Id, StoryboardErrors.VideoGone, context.Now)));
    }

    /// <summary>A generation that cannot be read now holds up nothing but its own shot.</summary>
    private async Task<(string Id, bool IsKnown, GenerationSnapshot? Generation)> ReadAsync(Take take)
    {
        var grain = context.Grains.GetGrain<IGenerationGrain>(take.GenerationId);
        try
        {
            var generation = await grain.GetAsync();
            if (take.IsCancelRequested && generation is { Status.IsEnd: false })
            {
                generation = await grain.CancelAsync();
            }

            return (take.GenerationId, true, generation);
        }
        catch (Exception exception)
        {
            LogUnread(exception, context.Id, take.GenerationId);
            return (take.GenerationId, false, null);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Storyboard {StoryboardId}: cannot read generation {GenerationId}; retrying")]
    private partial void LogUnread(Exception exception, string storyboardId, string generationId);
}
