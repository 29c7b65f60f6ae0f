using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;
using VideoGen.Silo.Inference.HuggingFace.Providers;
using VideoGen.Silo.Inference.HuggingFace.Wire;

namespace VideoGen.Silo.Inference.HuggingFace.Verdicts;

/// <summary>
/// How a job stands. Asking costs nothing, so everything that could pass is asked again; only an answer that no repeat will
/// change ends the job.
/// </summary>
internal static class PollVerdict
{
    // It is stored with the generation. Signed ones have about two thousand characters.
    private const int LongestUrl = 8_192;

    /// <summary>Reads an answer about the status; null when the job is ready and its result is to be asked for.</summary>
    public static PollOutcome? OfStatus(Exchange exchange, VideoProvider provider, Errors errors, DateTimeOffset now) =>
        exchange is Exchange.Reply reply && provider.StatusOf(reply) is var status
            ? status is >= 200 and < 300 && reply.Json is { } json
                ? OfNews(provider.ReadStatus(json), reply, provider, errors)
                : OfRefusal(reply, status, errors, now)
            : Silent(exchange, errors);

    /// <summary>Reads an answer that is the result, or the error in its place.</summary>
    public static PollOutcome OfResult(Exchange answer, VideoProvider provider, Errors errors, DateTimeOffset now) => answer switch
    {
        Exchange.Reply { IsSuccess: true, Json: { } json } reply =>
            OfNews(provider.ReadResult(json), reply, provider, errors) ?? Unreadable(reply, errors),
        Exchange.Reply reply when IsFinal(reply) => new PollOutcome.Failed(OfFailedResult(reply, errors)),
        Exchange.Reply reply => OfRefusal(reply, reply.Status, errors, now),
        _ => Silent(answer, errors),
    };

    private static PollOutcome? OfNews(JobNews news, Exchange.Reply reply, VideoProvider provider, Errors errors) => news switch
    {
        JobNews.Running running =>
            new PollOutcome.Running(running.Progress, running.QueuePosition) { PollAfter = provider.PollEvery },
        JobNews.Ready => null,
        JobNews.Rendered { Url.Length: > LongestUrl } => new PollOutcome.Failed(errors.NoFilm(reply)),
        JobNews.Rendered rendered => new PollOutcome.Rendered(new RenderResult(rendered.Url)),
        JobNews.Failed failed => new PollOutcome.Failed(errors.JobFailed(failed.Words, reply)),
        JobNews.Empty => new PollOutcome.Failed(errors.NoFilm(reply)),
        _ => Unreadable(reply, errors),
    };

    private static PollOutcome OfRefusal(Exchange.Reply reply, int status, Errors errors, DateTimeOffset now) => status switch
    {
        404 or 410 => new PollOutcome.Lost(errors.Lost(reply)),
        401 or 403 => new PollOutcome.Failed(errors.Of(reply, status)),
        >= 200 and < 300 => Unreadable(reply, errors),
        _ => new PollOutcome.Unavailable(errors.Of(reply, status), RetryHint.Read(reply, now)),
    };

    // A result repeats the status of the model that failed. Those of a gateway pass, and do not come with the words of the model.
    private static bool IsFinal(Exchange.Reply reply) => reply.Status switch
    {
        400 or 413 or 422 or 499 => true,
        >= 500 => reply.Header("X-Fal-Error-Type") is not null || reply.Json?.Get("detail") is not null,
        _ => false,
    };

    private static GenerationError OfFailedResult(Exchange.Reply reply, Errors errors)
    {
        var error = reply.Status >= 500 ? errors.JobFailed(ProviderWords.Read(reply), reply) : errors.Of(reply);
        return reply.Header("X-Fal-Retryable") switch
        {
            "true" => error with { Retryable = true },
            "false" => error with { Retryable = false },
            _ => error,
        };
    }

    private static PollOutcome.Unavailable Unreadable(Exchange.Reply reply, Errors errors) => new(errors.Unreadable(reply));

    private static PollOutcome.Unavailable Silent(Exchange exchange, Errors errors) =>
        new(errors.Unreachable(((Exchange.Silence)exchange).Cause));
}
