using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Verdicts;

/// <summary>
/// Classifies the answer to a poll. The job is paid for, so only the provider's own statement that it failed ends it at once. An
/// answer that would end the job, but could be a one-off error, is a suspicion; everything else is polled again.
/// </summary>
internal static class PollVerdict
{
    // The URL is stored with the generation. Signed URLs have about two thousand characters.
    private const int LongestUrl = 8_192;

    /// <summary>Reads a status response; null when the job is finished and its result has to be requested.</summary>
    public static PollOutcome? OfStatus(Exchange exchange, VideoProvider provider, ProviderErrors errors, DateTimeOffset now) =>
        exchange is Exchange.Reply reply && provider.StatusOf(reply) is var status
            ? status is >= 200 and < 300 && reply.Json is { } json
                ? OfNews(provider.ReadStatus(json), reply, provider, errors, now)
                : OfRefusal(reply, status, errors, now)
            : Silent(exchange, errors);

    /// <summary>Reads a result response, or the error in its place.</summary>
    public static PollOutcome OfResult(Exchange answer, VideoProvider provider, ProviderErrors errors, DateTimeOffset now) =>
        answer switch
        {
            Exchange.Reply { IsSuccess: true, Json: { } json } reply =>
                OfNews(provider.ReadResult(json), reply, provider, errors, now) ?? Unreadable(reply, errors),
            Exchange.Reply { Status: 400 } reply when reply.Json?.Text("detail") is { } words && IsEarly(words) =>
                OfRefusal(reply, reply.Status, errors, now),
            Exchange.Reply { Status: 400 or 413 or 422 or 499 } reply => IsOfModel(reply)
                ? new PollOutcome.Failed(OfFailedResult(reply, errors))
                : new PollOutcome.Suspect(errors.Unasked(reply, reply.Status)),

            // A result repeats the status of the model that failed, but a 5xx may also come from the server that delivers it.
            Exchange.Reply { Status: >= 500 } reply when reply.Status == 500 || IsOfModel(reply) =>
                new PollOutcome.Suspect(OfFailedResult(reply, errors)),
            Exchange.Reply reply => OfRefusal(reply, reply.Status, errors, now),
            _ => Silent(answer, errors),
        };

    private static PollOutcome? OfNews(
        JobStatus news, Exchange.Reply reply, VideoProvider provider, ProviderErrors errors, DateTimeOffset now) => news switch
        {
            JobStatus.Running running => new PollOutcome.Running(running.Progress, running.QueuePosition)
            {
                PollAfter = Longest(provider.PollEvery, RetryHint.Read(reply, now)),
                Remark = errors.NewStatus(running.NewWord),
            },
            JobStatus.Ready => null,
            JobStatus.Rendered { Url.Length: <= LongestUrl } rendered => new PollOutcome.Rendered(new RenderResult(rendered.Url)),
            JobStatus.Rendered or JobStatus.Empty => new PollOutcome.Suspect(errors.NoVideo(reply)),
            JobStatus.Failed failed => new PollOutcome.Failed(errors.JobFailed(failed.Words, reply)),
            _ => Unreadable(reply, errors),
        };

    private static PollOutcome OfRefusal(Exchange.Reply reply, int status, ProviderErrors errors, DateTimeOffset now) =>
        status switch
        {
            404 or 410 => new PollOutcome.Suspect(errors.Lost(reply)),
            >= 200 and < 300 => Unreadable(reply, errors),
            _ => new PollOutcome.Unavailable(errors.Unasked(reply, status), RetryHint.Read(reply, now)),
        };

    // "Request is still in progress": the status was ahead of the result.
    private static bool IsEarly(string words) => words.Contains("still in progress", StringComparison.OrdinalIgnoreCase);

    // Errors from a gateway or from the router do not contain the model's message.
    private static bool IsOfModel(Exchange.Reply reply) =>
        reply.Header("X-Fal-Error-Type") is not null || reply.Json?.Get("detail") is not null;

    private static GenerationError OfFailedResult(Exchange.Reply reply, ProviderErrors errors)
    {
        var error = reply.Status >= 500 ? errors.JobFailed(ProviderText.Read(reply), reply) : errors.Of(reply);
        return reply.Header("X-Fal-Retryable") switch
        {
            "true" => error with { Retryable = true },
            "false" => error with { Retryable = false },
            _ => error,
        };
    }

    private static TimeSpan? Longest(TimeSpan? pace, TimeSpan? hint) => pace is null || hint > pace ? hint ?? pace : pace;

    private static PollOutcome.Suspect Unreadable(Exchange.Reply reply, ProviderErrors errors) => new(errors.Unreadable(reply));

    private static PollOutcome.Unavailable Silent(Exchange exchange, ProviderErrors errors) =>
        new(errors.Unreachable(((Exchange.Silence)exchange).Cause));
}
