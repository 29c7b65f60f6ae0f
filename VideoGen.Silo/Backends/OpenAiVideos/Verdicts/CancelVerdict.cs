using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.OpenAiVideos.Verdicts;

/// <summary>
/// Classifies the answer to a DELETE, the only way to stop a job. vLLM-Omni aborts the run, or answers 409 when that took too
/// long. SGLang and FastVideo forget the job while the GPU works on, and of an unknown server nothing is known.
/// </summary>
internal static class CancelVerdict
{
    private const string StopsItsRuns = "vllm-omni";

    public static CancelOutcome Of(Exchange exchange, string software) => exchange switch
    {
        Exchange.Reply { Status: 408 or 409 or 425 or 429 or >= 500 } => CancelOutcome.Unavailable,
        Exchange.Reply reply when reply.IsSuccess || reply.Status == 404 =>
            software != StopsItsRuns ? CancelOutcome.NotPossible
            // A gateway's HTML page confirms nothing.
            : reply.Json is not null || reply.Body.Length == 0 ? CancelOutcome.Confirmed
            : CancelOutcome.Unavailable,
        Exchange.Reply => CancelOutcome.NotPossible,
        _ => CancelOutcome.Unavailable,
    };
}
