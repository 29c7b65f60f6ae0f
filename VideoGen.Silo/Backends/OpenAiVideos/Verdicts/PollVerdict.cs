using System.Text.Json;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.OpenAiVideos.Verdicts;

/// <summary>
/// Classifies the answer to a poll. Only the server's own statement that the job failed ends it at once. That it does not know
/// the job is a suspicion: behind a balancer another instance may know it. Everything else is polled again.
/// </summary>
internal static class PollVerdict
{
    public static PollOutcome Of(Exchange exchange, RenderJob job, ProviderErrors errors, DateTimeOffset now) => exchange switch
    {
        Exchange.Silence silence => new PollOutcome.Unavailable(errors.Unreachable(silence.Cause)),
        Exchange.Reply { Json: { } json } reply when reply.IsSuccess || IsFailedJob(json) => OfJob(json, reply, job, errors, now),
        Exchange.Reply { IsSuccess: true } reply => new PollOutcome.Unavailable(errors.Unreadable(reply)),
        Exchange.Reply { Status: 404 or 410 } reply => new PollOutcome.Suspect(errors.Lost(reply)),
        Exchange.Reply reply => new PollOutcome.Unavailable(errors.Unasked(reply, reply.Status), RetryHint.Read(reply, now)),
        _ => throw new NotSupportedException(),
    };

    private static PollOutcome OfJob(
        JsonElement json, Exchange.Reply reply, RenderJob job, ProviderErrors errors, DateTimeOffset now)
    {
        var word = json.Text("status");
        return JobStates.Of(word) switch
        {
            JobState.Done => new PollOutcome.Rendered(new RenderResult(VideoJob.Address(json) ?? job.ResultPath!)),
            JobState.Failed => new PollOutcome.Failed(errors.JobFailed(Words(word!, reply), reply)),
            JobState.Unknown when word is null => new PollOutcome.Unavailable(errors.Unreadable(reply)),
            var state => new PollOutcome.Running(state is JobState.Waiting ? null : Progress(json))
            {
                PollAfter = RetryHint.Read(reply, now),
                Remark = state is JobState.Unknown ? errors.NewStatus(word) : null,
            },
        };
    }

    /// <summary>vLLM-Omni answers the GET of a failed job with the status of the failure, a 4xx or 5xx.</summary>
    private static bool IsFailedJob(JsonElement json) =>
        json.Text("object") == "video" && JobStates.Of(json.Text("status")) is JobState.Failed;

    private static string? Words(string word, Exchange.Reply reply) =>
        ProviderText.Read(reply) ?? (word.Equals("failed", StringComparison.OrdinalIgnoreCase) ? null : word);

    /// <summary>
    /// From 0 to 1. Zero says nothing: vLLM-Omni and SGLang report it until the end. 1 is one per cent, but some gateways report
    /// fractions.
    /// </summary>
    private static double? Progress(JsonElement json) =>
        json.Get("progress") is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && number > 0
            ? Math.Min(number < 1 ? number : number / 100, 1)
            : null;
}
