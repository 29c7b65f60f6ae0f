using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Verdicts;

/// <summary>
/// What came of a cancel. A provider says at first 202 <c>CANCELLATION_REQUESTED</c>, or 400 <c>ALREADY_COMPLETED</c>.
/// </summary>
internal static class CancelVerdict
{
    public static CancelOutcome Of(Exchange exchange) => exchange switch
    {
        Exchange.Reply { IsSuccess: true } reply when reply.Json?.Text("status") is "ALREADY_COMPLETED" or "NOT_FOUND" =>
            CancelOutcome.NotPossible,
        // A page of a gateway confirms nothing.
        Exchange.Reply { IsSuccess: true, Body: var body } reply => body.Length == 0 || reply.Json is not null
            ? CancelOutcome.Confirmed
            : CancelOutcome.Unavailable,
        Exchange.Reply { Status: 408 or 425 or 429 or >= 500 } => CancelOutcome.Unavailable,
        Exchange.Reply => CancelOutcome.NotPossible,
        _ => CancelOutcome.Unavailable,
    };

    /// <summary>
    /// What came of it, by how the job stands after the answer: a queued job is taken out, but one that runs only gets a signal,
    /// and its model may go on and cost (fal.ai, "Queue API", cancel). A job that is not found afterwards may be either: no
    /// document says that a canceled one is forgotten.
    /// </summary>
    public static CancelOutcome Of(CancelOutcome answer, PollOutcome after) => (answer, after) switch
    {
        (_, PollOutcome.Failed) => CancelOutcome.Confirmed,
        (_, PollOutcome.Rendered) => CancelOutcome.NotPossible,
        (CancelOutcome.Confirmed, _) => CancelOutcome.Unavailable,
        _ => CancelOutcome.NotPossible,
    };
}
