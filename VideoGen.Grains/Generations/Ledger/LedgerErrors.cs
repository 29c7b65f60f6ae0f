using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>Failures that the grain detects itself, with messages for the user.</summary>
internal static class LedgerErrors
{
    public static GenerationError InterruptedSubmit(RenderAttempt attempt) => attempt.RepeatCostsMoney
        ? new(GenerationErrorCode.OutcomeUnknown,
            "The server stopped while sending the request, so it is unknown whether the provider accepted it. "
            + "It may have been charged. Retry to submit it again.",
            Retryable: true, attempt.Plan.Provider)
        : new(GenerationErrorCode.ProviderUnavailable, "The server was restarted too often "
        + "during this generation.", Retryable: true);

    public static GenerationError BackendMissing(RenderAttempt attempt) => new(
        GenerationErrorCode.BackendMissing,
        $"This generation uses the backend \"{attempt.Backend}\", which is no longer configured. Configure it again, then retry.",
        Retryable: true, attempt.Plan.Provider);

    public static GenerationError ModelMissing(string model) => new(
        GenerationErrorCode.BackendMissing,
        $"The model \"{model}\" is no longer configured on this server. Configure it again, then retry, or submit the request "
        + "with another model.",
        Retryable: true);

    /// <summary>Includes the last known error, if any: it says more than the elapsed time.</summary>
    public static GenerationError DeadlineExceeded(Generation generation, TimeSpan deadline, GenerationError? last) => new(
        GenerationErrorCode.DeadlineExceeded,
        $"The video was not ready within {deadline.TotalMinutes:0} minutes"
        + ((last ?? generation.Attempt?.Error) is { } reason ? $"; last error: {reason.Message}" : ". Retry later."),
        Retryable: true, generation.Attempt?.Plan.Provider);

    /// <summary>The process is stopping and has certainly not sent the request.</summary>
    public static GenerationError Stopping { get; } = new(
        GenerationErrorCode.ProviderUnavailable, "The server restarted before the request was sent. It will be sent again.",
        Retryable: true);

    public static GenerationError BrokenSubmit { get; } = new(
        GenerationErrorCode.OutcomeUnknown,
        "The server failed while sending the request, so it is unknown whether the provider accepted it. "
        + "It may have been charged. Retry to submit it again.",
        Retryable: true);

    /// <summary>Shown for an answer that would end the job while the provider is asked again.</summary>
    public static GenerationError Doubted(GenerationError error) => error with
    {
        Message = $"{Sentence(error.Message)} The provider will be asked again before this is treated as final.",
    };

    public static GenerationError VideoBroken(GenerationError error) => error with
    {
        Code = GenerationErrorCode.RenderFailed,
        Message = "The finished video failed the server's check. Retry to process it again; the provider is not called again.",
    };

    /// <summary>A failure that no step could classify; shown while the step is retried.</summary>
    public static GenerationError Unclassified { get; } = new(
        GenerationErrorCode.ProviderUnavailable, "The server has a temporary problem. "
            + "It retries automatically.", Retryable: true);

    public static GenerationError OriginalGone() => new(
        GenerationErrorCode.JobLost, "The rendered video is no longer in the media store. "
            + "Retry to render it again.", Retryable: true);

    public static GenerationError StorageFull() => new(
        GenerationErrorCode.StorageFull, "The server's disk is full. "
            + "The generation resumes when space is available.", Retryable: true);

    /// <summary>Adds the full stop that provider messages often lack.</summary>
    private static string Sentence(string text) => text.Length > 0 && text[^1] is '.' or '!' or '?' ? text : $"{text}.";
}
