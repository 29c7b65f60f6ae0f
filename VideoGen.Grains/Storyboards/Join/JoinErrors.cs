using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Storyboards.Join;

/// <summary>Failures of a join, with messages for the user.</summary>
internal static class JoinErrors
{
    public static GenerationError StorageFull { get; } = new(
        GenerationErrorCode.StorageFull, "The server's disk is full. The shots will be joined when space is available.",
        Retryable: true);

    public static GenerationError StorageAway { get; } = new(
        GenerationErrorCode.ToolUnavailable,
        "The media store cannot be reached. The shots will be joined when it can be reached again.",
        Retryable: true);

    /// <summary>Parts that an earlier run stored do not make up a whole video; they are removed and made again.</summary>
    public static GenerationError PartsDamaged { get; } = new(
        GenerationErrorCode.ToolUnavailable, "A part of the joined video is damaged or missing. It will be made again.",
        Retryable: true);

    /// <summary><paramref name="shot"/> counts from 1.</summary>
    public static GenerationError ShotUnusable(int shot) => new(
        GenerationErrorCode.ResultUnusable, $"The video of shot {shot} is damaged or cannot be read. Regenerate shot {shot}.",
        Retryable: true);

    /// <summary><paramref name="shot"/> counts from 1.</summary>
    public static GenerationError ShotTooShort(int shot) => new(
        GenerationErrorCode.ResultUnusable,
        $"The video of shot {shot} is too short for its transitions. Use cuts, or regenerate shot {shot}.",
        Retryable: true);

    /// <summary><paramref name="shot"/> counts from 1.</summary>
    public static GenerationError ShotFailed(int shot, GenerationError error) => error with
    {
        Message = $"The video of shot {shot} could not be converted; the server log has the details. Retry the storyboard, "
            + $"or regenerate shot {shot}.",
    };

    public static GenerationError Unjoined(GenerationError error) => error with
    {
        Message = "The shots could not be joined; the server log has the details. Retry the storyboard.",
    };
}
