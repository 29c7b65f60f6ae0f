using VideoGen.Grains.Ports;
using VideoGen.Silo.Inference.HuggingFace.Wire;

namespace VideoGen.Silo.Inference.HuggingFace.Verdicts;

/// <summary>What a provider said to a cancel: 202 <c>CANCELLATION_REQUESTED</c>, or 400 <c>ALREADY_COMPLETED</c>.</summary>
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
}
