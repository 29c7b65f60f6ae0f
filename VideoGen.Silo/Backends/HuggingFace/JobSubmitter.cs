using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.HuggingFace.Mapping;
using VideoGen.Silo.Backends.HuggingFace.Verdicts;

namespace VideoGen.Silo.Backends.HuggingFace;

/// <summary>Sends a planned request once and reports the outcome.</summary>
internal sealed partial class JobSubmitter(ModelMappings mappings, TimeProvider time, ILogger<JobSubmitter> logger)
{
    public async Task<SubmitOutcome> SubmitAsync(RenderRequest request, RenderPlan plan, JobCalls calls, RequestBody body)
    {
        // Never canceled: an aborted submit has an unknown outcome.
        var exchange = await calls.SubmitAsync(body, CancellationToken.None);
        var outcome = SubmitVerdict.Of(exchange, calls.Provider, calls.Model, calls.Errors, time.GetUtcNow());
        Log(request, plan, outcome);
        if (outcome is SubmitOutcome.NotAccepted { Scope: VerdictScope.Model })
        {
            mappings.Of(plan.Model!).Contradict();
        }

        return outcome;
    }

    private void Log(RenderRequest request, RenderPlan plan, SubmitOutcome outcome)
    {
        switch (outcome)
        {
            case SubmitOutcome.Accepted accepted:
                LogAccepted(plan.Provider, accepted.Job.Id, request.GenerationId, request.Attempt);
                break;
            case SubmitOutcome.NotAccepted { Error: var error }:
                LogNotAccepted(
                    plan.Provider, request.GenerationId, request.Attempt, error.Code, error.ProviderStatus, error.RequestId);
                break;
            case SubmitOutcome.Unknown { Error: var error }:
                LogUnknown(plan.Provider, request.GenerationId, request.Attempt, error.ProviderStatus, error.RequestId);
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
