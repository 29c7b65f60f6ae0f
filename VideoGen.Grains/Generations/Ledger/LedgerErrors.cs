using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>The failures that the grain itself finds, in words for the user.</summary>
internal static class LedgerErrors
{
    public static GenerationError InterruptedSubmit(RenderAttempt attempt) => attempt.RepeatCostsMoney
        ? new(GenerationErrorCode.OutcomeUnknown,
            "The server stopped while the order was being sent, so it is not known whether the provider took it, and it may have "
            + "been charged. Retry to order it again.",
            Retryable: true, attempt.Plan.Provider)
        : new(GenerationErrorCode.ProviderUnavailable, "The server was restarted too often during this generation.", Retryable: true);

    public static GenerationError BackendMissing(RenderAttempt attempt) => new(
        GenerationErrorCode.BackendMissing,
        $"This was started with the backend \"{attempt.Backend}\", which this server no longer has. Set it up again, then retry.",
        Retryable: true, attempt.Plan.Provider);

    /// <summary>The last known reason says more than the clock, where there is one.</summary>
    public static GenerationError DeadlineExceeded(Generation generation, TimeSpan deadline, GenerationError? last) => new(
        GenerationErrorCode.DeadlineExceeded,
        $"The video was not ready within {deadline.TotalMinutes:0} minutes"
        + ((last ?? generation.Attempt?.Error) is { } reason ? $"; the last reason was: {reason.Message}" : ". Retry later."),
        Retryable: true, generation.Attempt?.Plan.Provider);

    /// <summary>The process is about to end, and has certainly not sent the order.</summary>
    public static GenerationError Stopping { get; } = new(
        GenerationErrorCode.ProviderUnavailable, "The server was restarted before the order was sent; it is sent again.",
        Retryable: true);

    public static GenerationError BrokenSubmit { get; } = new(
        GenerationErrorCode.OutcomeUnknown,
        "The server failed while it sent the order, so it is not known whether the provider accepted it, and it may have been "
        + "charged. Retry to order it again.",
        Retryable: true);

    /// <summary>What is shown of an answer that would end the job, while it is asked again.</summary>
    public static GenerationError Doubted(GenerationError error) => error with
    {
        Message = $"{Sentence(error.Message)} The provider is asked again before this is taken as final.",
    };

    public static GenerationError VideoBroken(GenerationError error) => error with
    {
        Code = GenerationErrorCode.RenderFailed,
        Message = "The finished video did not pass the server's own check. Retry to finish it again; nothing is ordered anew.",
    };

    /// <summary>What no step could name: shown while it is tried again.</summary>
    public static GenerationError Trouble { get; } = new(
        GenerationErrorCode.ProviderUnavailable, "Something is in the way on our side; this goes on by itself.", Retryable: true);

    public static GenerationError OriginalGone() => new(
        GenerationErrorCode.JobLost, "The rendered film is not in the media store any more. Retry to make it again.", Retryable: true);

    public static GenerationError StorageFull() => new(
        GenerationErrorCode.StorageFull, "The server's disk is full; this goes on when there is room.", Retryable: true);

    /// <summary>The words of a provider often end without a full stop.</summary>
    private static string Sentence(string text) => text.Length > 0 && text[^1] is '.' or '!' or '?' ? text : $"{text}.";
}
