using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>What can keep a render of this process from its end, in the words that users read.</summary>
internal static class LocalRenderErrors
{
    public static GenerationError StorageFull { get; } = new(GenerationErrorCode.StorageFull,
        "The server's disk is full. The video is made as soon as there is room again.", Retryable: true);

    public static GenerationError StorageAway { get; } = new(GenerationErrorCode.ProviderUnavailable,
        "The server's storage cannot be reached. The video is made as soon as it can.", Retryable: true);

    public static GenerationError Stopping { get; } = new(GenerationErrorCode.ProviderUnavailable,
        "The server is restarting. The video is continued afterwards.", Retryable: true);

    public static GenerationError Busy { get; } = new(GenerationErrorCode.ProviderUnavailable,
        "The server has too many videos in line. This one is tried again shortly.", Retryable: true);

    public static GenerationError Lost { get; } = new(GenerationErrorCode.JobLost,
        "The server was restarted while it made this video. Retry to make it again.", Retryable: true);

    public static GenerationError SiteSilent { get; } = new(GenerationErrorCode.ProviderUnavailable,
        "The server that makes this video does not answer right now; it is asked again.", Retryable: true);

    public static GenerationError Canceled { get; } = new(GenerationErrorCode.JobLost,
        "Making this video was canceled. Retry to make it again.", Retryable: true);

    public static GenerationError Unexpected { get; } = new(GenerationErrorCode.RenderFailed,
        "Making the video failed inside the server; its log has the details. Retry to make it again.", Retryable: true);
}
