using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>Failures that keep a local render from completing, with messages for the user.</summary>
internal static class LocalRenderErrors
{
    public static GenerationError StorageFull { get; } = new(GenerationErrorCode.StorageFull,
        "The server's disk is full. The video is rendered as soon as space is available.", Retryable: true);

    public static GenerationError StorageAway { get; } = new(GenerationErrorCode.ProviderUnavailable,
        "The server's storage cannot be reached. The video is rendered as soon as it is available.", Retryable: true);

    public static GenerationError Stopping { get; } = new(GenerationErrorCode.ProviderUnavailable,
        "The server is restarting. The video will continue afterwards.", Retryable: true);

    public static GenerationError Busy { get; } = new(GenerationErrorCode.ProviderUnavailable,
        "The server's render queue is full. It will be tried again shortly.", Retryable: true);

    public static GenerationError Lost { get; } = new(GenerationErrorCode.JobLost,
        "The server restarted while rendering this video. Retry to render it again.", Retryable: true);

    /// <summary>A render that was cut off, where rendering again may cost money again.</summary>
    public static GenerationError MayBeCharged(GenerationError cause) => new(GenerationErrorCode.OutcomeUnknown,
        "The server was interrupted while the video was being made, so it is unknown whether it was made. It may have been "
        + $"charged. Retry to render it again. The reason was {cause.Code}.",
        Retryable: true, cause.Provider);

    public static GenerationError SiteSilent { get; } = new(GenerationErrorCode.ProviderUnavailable,
        "The server that renders this video is not responding. It will be asked again.", Retryable: true);

    public static GenerationError Canceled { get; } = new(GenerationErrorCode.JobLost,
        "The render was canceled. Retry to render it again.", Retryable: true);

    public static GenerationError Unexpected { get; } = new(GenerationErrorCode.RenderFailed,
        "Rendering failed because of a server error; the server log has the details. Retry to render it again.", Retryable: true);
}
