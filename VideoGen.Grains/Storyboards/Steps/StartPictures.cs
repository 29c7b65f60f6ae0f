using Microsoft.Extensions.Logging;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.State;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>
/// The picture that a shot starts from, for the plan that it was chosen for. The last frame of the previous shot is stored as an
/// upload; one that a crash leaves behind is collected as any upload that nothing needs.
/// </summary>
internal sealed partial class StartPictures(StoryboardContext context)
{
    private readonly MissingVideo _missing = new(context);
    private readonly ILogger _log = context.Tools.Log;

    /// <summary>Null while there is none: the reason is shown, or stored with the shot.</summary>
    public async Task<StartPicture?> OfAsync(int index, CancellationToken stop)
    {
        var storyboard = context.Storyboard;
        var plan = storyboard.Shots[index].Next!.Plan;
        return plan.Start switch
        {
            ShotStart.Character => new StartPicture(plan, storyboard.Settings!.Character.Front, null),
            ShotStart.Picture => new StartPicture(plan, plan.Picture!, null),
            _ => await LastFrameAsync(index, plan, storyboard.Shots[index - 1].Take!, stop),
        };
    }

    private async Task<StartPicture?> LastFrameAsync(int index, ShotPlan plan, Take before, CancellationToken stop)
    {
        var media = context.Tools.Media;
        var takeId = context.Storyboard.Shots[index].Next!.GenerationId;
        using var video = await media.LeaseAsync(MediaKind.Video, before.Video!.Video, stop);
        if (video is null && !await _missing.IsGoneAsync(before.GenerationId))
        {
            context.View.ShowWait(takeId, $"The video of shot {index} cannot be found now. The server will look for it again.");
            return null;
        }

        if (video is null)
        {
            await context.Store.ChangeAsync(current => current.TakeGone(before.GenerationId, context.Now));
            return null;
        }

        using var frame = media.CreateScratch(".png");
        switch (await context.Tools.Joiner.SaveLastFrameAsync(video.Path, frame.Path, stop))
        {
            case ProcessOutcome.Done:
                break;
            case ProcessOutcome.Unavailable unavailable:
                context.View.ShowWait(takeId, unavailable.Error.Message);
                return null;
            default:
                await context.Store.ChangeAsync(current => current.Lost(takeId, StoryboardErrors.FrameUnusable, context.Now));
                return null;
        }

        if (await context.Tools.Intake.AcceptAsync(await File.ReadAllBytesAsync(frame.Path, stop), stop)
            is not IntakeOutcome.Accepted picture)
        {
            await context.Store.ChangeAsync(current => current.Lost(takeId, StoryboardErrors.FrameUnusable, context.Now));
            return null;
        }

        var stored = await media.SaveAsync(
            MediaKind.Upload, MediaName.NewCharacter(context.Storyboard.Owner),
            async (target, token) => await target.WriteAsync(picture.Jpeg, token), stop);
        LogLastFrame(context.Id, index + 1, before.GenerationId);
        return new StartPicture(plan, stored.Name, before.GenerationId);
    }

    [LoggerMessage(LogLevel.Information, "Storyboard {StoryboardId}: shot {Shot} starts from the last frame of {GenerationId}")]
    private partial void LogLastFrame(string storyboardId, int shot, string generationId);
}

/// <summary>An upload, and the generation whose last frame it is.</summary>
internal sealed record StartPicture(ShotPlan Plan, string Name, string? From);
