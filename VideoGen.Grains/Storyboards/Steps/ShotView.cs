using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.State;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>How a shot appears to users.</summary>
internal static class ShotView
{
    /// <summary>A shot that has a video is completed, whatever became of the attempt to make it anew.</summary>
    public static ShotStatus StatusOf(Shot shot, GenerationSnapshot? live) => shot switch
    {
        { Next: { IsInWork: true, Phase: TakePhase.Planned } } => ShotStatus.Pending,
        { Next: { IsInWork: true, Phase: var phase } } => live switch
        {
            { Status: GenerationStatus.Processing } => ShotStatus.Processing,
            { Status.IsEnd: true } when phase is TakePhase.Submitted => ShotStatus.Processing,    // its end is being stored
            _ => ShotStatus.Pending,
        },
        { Take: not null } => ShotStatus.Completed,
        { Next.Phase: TakePhase.Failed } => ShotStatus.Failed,
        { Next.Phase: TakePhase.Canceled } => ShotStatus.Canceled,
        _ => ShotStatus.Draft,
    };
}
