using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.Generations;

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
    public static GenerationError DeadlineExceeded(Generation generation, TimeSpan deadline) => new(
        GenerationErrorCode.DeadlineExceeded,
        $"The film was not ready within {deadline.TotalMinutes:0} minutes"
        + (generation.Attempt?.Error is { } last ? $"; the last reason was: {last.Message}" : ". Retry later."),
        Retryable: true, generation.Attempt?.Plan.Provider);

    /// <summary>What no step could name: shown while it is tried again.</summary>
    public static GenerationError Trouble { get; } = new(
        GenerationErrorCode.ProviderUnavailable, "Something is in the way on our side; this goes on by itself.", Retryable: true);

    public static GenerationError OriginalGone() => new(
        GenerationErrorCode.JobLost, "The rendered film is not in the media store any more. Retry to make it again.", Retryable: true);

    public static GenerationError StorageFull() => new(
        GenerationErrorCode.StorageFull, "The server's disk is full; this goes on when there is room.", Retryable: true);
}
