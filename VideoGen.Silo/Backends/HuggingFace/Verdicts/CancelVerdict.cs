using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Verdicts;

/// <summary>
/// Classifies the outcome of a cancel. A provider answers first with 202 <c>CANCELLATION_REQUESTED</c>, or 400
/// <c>ALREADY_COMPLETED</c>.
/// </summary>
internal static class CancelVerdict
{
    public static CancelOutcome Of(Exchange exchange) => exchange switch
    {
        Exchange.Reply { IsSuccess: true } reply when reply.Json?.Text("status") is "ALREADY_COMPLETED" or "NOT_FOUND" =>
            CancelOutcome.NotPossible,
        // A gateway's HTML page confirms nothing.
        Exchange.Reply { IsSuccess: true, Body: var body } reply => body.Length == 0 || reply.Json is not null
            ? CancelOutcome.Confirmed
            : CancelOutcome.Unavailable,
        Exchange.Reply { Status: 408 or 425 or 429 or >= 500 } => CancelOutcome.Unavailable,
        Exchange.Reply => CancelOutcome.NotPossible,
        _ => CancelOutcome.Unavailable,
    };

    /// <summary>
    /// The outcome, judged by the job's status after the cancel. A queued job is removed, but a running one only gets a signal,
    /// and its model may continue and cost money (fal.ai, "Queue API", cancel). A job that is not found afterwards may be either:
    /// no documentation says that a canceled job is forgotten.
    /// </summary>
    public static CancelOutcome Of(CancelOutcome answer, PollOutcome after) => (answer, after) switch
    {
        (_, PollOutcome.Failed) => CancelOutcome.Confirmed,
        (_, PollOutcome.Rendered) => CancelOutcome.NotPossible,
        (CancelOutcome.Confirmed, _) => CancelOutcome.Unavailable,
        _ => CancelOutcome.NotPossible,
    };
}
