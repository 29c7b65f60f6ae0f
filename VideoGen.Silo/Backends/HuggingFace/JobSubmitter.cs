using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.HuggingFace.Mapping;
using VideoGen.Silo.Backends.HuggingFace.Verdicts;

namespace VideoGen.Silo.Backends.HuggingFace;

/// <summary>Sends a planned request once and reports the outcome.</summary>
internal sealed partial class JobSubmitter(ModelMappings mappings, TimeProvider time, ILogger<JobSubmitter> logger)
{
    public async Task<SubmitOutcome> SubmitAsync(RenderRequest order, RenderPlan plan, JobCalls calls, RequestBody body)
    {
        // Never canceled: an aborted submit has an unknown outcome.
        var exchange = await calls.OrderAsync(body, CancellationToken.None);
        var outcome = SubmitVerdict.Of(exchange, calls.Provider, calls.Model, calls.Errors, time.GetUtcNow());
        Log(order, plan, outcome);
        if (outcome is SubmitOutcome.NotAccepted { Scope: VerdictScope.Model })
        {
            mappings.Contradict();
        }

        return outcome;
    }

    private void Log(RenderRequest order, RenderPlan plan, SubmitOutcome outcome)
    {
        switch (outcome)
        {
            case SubmitOutcome.Accepted accepted:
                LogAccepted(plan.Provider, accepted.Job.Id, order.GenerationId, order.Attempt);
                break;
            case SubmitOutcome.NotAccepted { Error: var error }:
                LogNotAccepted(
                    plan.Provider, order.GenerationId, order.Attempt, error.Code, error.ProviderStatus, error.RequestId);
                break;
            case SubmitOutcome.Unknown { Error: var error }:
                LogUnknown(plan.Provider, order.GenerationId, order.Attempt, error.ProviderStatus, error.RequestId);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Provider} accepted job {JobId} for generation {GenerationId}, attempt {Attempt}")]
    private partial void LogAccepted(string? provider, string jobId, string generationId, int attempt);

    [LoggerMessage(LogLevel.Warning,
        "{Provider} did not accept generation {GenerationId}, attempt {Attempt}: {Code} (HTTP {Status}, request {RequestId})")]
    private partial void LogNotAccepted(
        string? provider, string generationId, int attempt, string code, int? status, string? requestId);

    [LoggerMessage(LogLevel.Error, "It is unknown whether {Provider} accepted generation {GenerationId}, attempt {Attempt} " +
        "(HTTP {Status}, request {RequestId}). It will not be sent again")]
    private partial void LogUnknown(string? provider, string generationId, int attempt, int? status, string? requestId);
}
