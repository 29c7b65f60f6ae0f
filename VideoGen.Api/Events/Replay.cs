using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Events;

/// <summary>Rebuilds from the log the versions of a generation that a client has not received.</summary>
internal static class Replay
{
    /// <summary>
    /// Returns every version after the given one in order. The last one is the current state, with its live part. Versions that a
    /// truncated log no longer contains are omitted.
    /// </summary>
    public static IEnumerable<GenerationSnapshot> After(LoggedGeneration logged, long version)
    {
        var now = logged.Generation;
        return logged.Log.Lines
            .Where(line => !line.IsNote && line.Version > version && line.Version < now.Version)
            .Select(line => AsOf(line, now))
            .Append(now);
    }

    private static GenerationSnapshot AsOf(LogLine line, GenerationSnapshot now) => now with
    {
        Version = line.Version,
        UpdatedAt = line.At,
        Status = line.Status,
        Stage = StageOf(line),
        Progress = null,
        QueuePosition = null,
        WaitReason = null,
        Attempt = line.Attempt,
        Backend = line.Attempt == 0 ? null : now.Backend,
        Film = null,
        Expiry = null,
        Error = line.Status is GenerationStatus.Failed ? line.Error : null,
        Cancellation = now.Cancellation is { } request && request.RequestedAt <= line.At
            ? request with { Confirmed = null, Message = null }
            : null,
    };

    private static GenerationStage StageOf(LogLine line) => line switch
    {
        { Status.IsEnd: true } => GenerationStage.Done,
        { Kind: LogKind.CancelRequested } => GenerationStage.Canceling,
        { Kind: LogKind.AttemptStarted } => GenerationStage.Submitting,
        { Kind: LogKind.Submitted or LogKind.Reopened } => GenerationStage.Rendering,
        { Kind: LogKind.Rendered } => GenerationStage.Downloading,
        { Kind: LogKind.Stored } or { Kind: LogKind.Retried, Status: GenerationStatus.Processing } => GenerationStage.Finishing,
        _ => GenerationStage.Queued,
    };
}
