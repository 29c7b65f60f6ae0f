using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.ComfyUi.Workflows;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>
/// Sends a filled graph once. ComfyUI runs the same id twice when it is sent twice, so it is asked first, and an earlier attempt
/// that turned up late is adopted.
/// </summary>
internal sealed partial class ComfySubmitter(ComfyServer server, TimeProvider time, ILogger<ComfySubmitter> logger)
{
    /// <summary>How many earlier attempts of a generation are looked for.</summary>
    private const int MostEarlier = 3;

    public async Task<SubmitOutcome> SubmitAsync(RenderRequest request, Workflow workflow, byte[] body)
    {
        var outcome = await LookAsync(request) ?? await SendAsync(SubmitId.Of(request), workflow, body);
        Log(request, outcome);
        return outcome;
    }

    /// <summary>
    /// A job of this attempt or of an earlier one that is alive or has made its video; or, when the server did not say, that
    /// nothing was sent. Null when there is none.
    /// </summary>
    private async Task<SubmitOutcome?> LookAsync(RenderRequest request)
    {
        var (version, whyNot) = await server.AskVersionAsync(CancellationToken.None);
        if (version is null)
        {
            return new SubmitOutcome.NotAccepted(whyNot!, Transient: true, Scope: VerdictScope.Upstream);
        }

        for (var attempt = request.Attempt; attempt > 0 && attempt >= request.Attempt - MostEarlier; attempt--)
        {
            var submitId = SubmitId.Of(request.GenerationId, attempt);
            var (id, job) = await server.Jobs.OfSubmitAsync(submitId, version, CancellationToken.None);
            switch (job)
            {
                case ComfyJob.Pending or ComfyJob.Running or ComfyJob.Completed { Video: not null }:
                    LogFound(server.Upstream.Name, id, request.GenerationId, attempt);
                    return new SubmitOutcome.Accepted(ComfyFile.JobOf(id, submitId));
                case ComfyJob.NoAnswer away:
                    return new SubmitOutcome.NotAccepted(
                        away.Error, Transient: true, away.RetryAfter, VerdictScope.Upstream);
            }
        }

        return null;
    }

    private async Task<SubmitOutcome> SendAsync(string submitId, Workflow workflow, byte[] body)
    {
        // Never canceled: an aborted submit has an unknown outcome.
        var answer = await server.Calls.SubmitAsync(body, CancellationToken.None);
        var outcome = ComfySubmitVerdict.Of(answer, submitId, server.Errors, time.GetUtcNow());
        if (outcome is SubmitOutcome.NotAccepted { Scope: VerdictScope.Model })
        {
            server.Nodes.Forget();
        }

        var ours = workflow.Slots[SlotNames.Output].Select(place => place.Node).ToList();
        if (outcome is SubmitOutcome.Accepted accepted && answer is Exchange.Reply { Json: { } json } reply
            && ComfySubmitVerdict.LacksBranch(reply, ours))
        {
            // The rest of the graph makes no video, so the job is taken back; if it stays, it costs only its time.
            await server.Calls.CancelAsync(accepted.Job.Id, CancellationToken.None);
            return new SubmitOutcome.NotAccepted(
                ComfySubmitVerdict.Invalid(json, reply, server.Errors), Transient: false, Scope: VerdictScope.Model);
        }

        return outcome;
    }

    private void Log(RenderRequest request, SubmitOutcome outcome)
    {
        var (upstream, id, attempt) = (server.Upstream.Name, request.GenerationId, request.Attempt);
        switch (outcome)
        {
            case SubmitOutcome.Accepted accepted:
                LogAccepted(upstream, accepted.Job.Id, id, attempt);
                break;
            case SubmitOutcome.NotAccepted { Error: var error }:
                LogNotAccepted(upstream, id, attempt, error.Code, error.ProviderStatus);
                break;
            case SubmitOutcome.Unknown { Error: var error }:
                LogUnknown(upstream, id, attempt, error.ProviderStatus);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Upstream} accepted job {JobId} for generation {GenerationId}, attempt {Attempt}")]
    private partial void LogAccepted(string upstream, string jobId, string generationId, int attempt);

    [LoggerMessage(LogLevel.Warning,
        "{Upstream} has job {JobId} of generation {GenerationId}, attempt {Attempt}, already; it is followed and not sent again")]
    private partial void LogFound(string upstream, string jobId, string generationId, int attempt);

    [LoggerMessage(LogLevel.Warning,
        "{Upstream} did not accept generation {GenerationId}, attempt {Attempt}: {Code} (HTTP {Status})")]
    private partial void LogNotAccepted(string upstream, string generationId, int attempt, string code, int? status);

    [LoggerMessage(LogLevel.Warning,
        "It is unknown whether {Upstream} accepted generation {GenerationId}, attempt {Attempt} (HTTP {Status}). "
        + "It is looked for")]
    private partial void LogUnknown(string upstream, string generationId, int attempt, int? status);
}
