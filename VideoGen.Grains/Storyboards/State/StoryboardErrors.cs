using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Storyboards.State;

/// <summary>Why a shot or a storyboard failed, as sentences for users.</summary>
internal static class StoryboardErrors
{
    public static GenerationError VideoGone { get; } = new(
        GenerationErrorCode.JobLost,
        "The video of this shot is not on the server. A retry looks for it once more and costs nothing; if it is gone, regenerate "
        + "the shot.", Retryable: true);

    public static GenerationError QuotaReached { get; } = new(
        GenerationErrorCode.RateLimited, "This account has reached its quota. Retry the shot later.", Retryable: true);

    public static GenerationError FrameUnusable { get; } = new(
        GenerationErrorCode.ResultUnusable,
        "The last frame of the previous shot cannot be used as a picture. Choose another start for this shot.", Retryable: false);
}
