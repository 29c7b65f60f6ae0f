using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;
using VideoGen.Silo.Inference.HuggingFace.Providers;
using VideoGen.Silo.Inference.HuggingFace.Wire;

namespace VideoGen.Silo.Inference.HuggingFace.Verdicts;

/// <summary>
/// What an attempt to order ended in: accepted, certainly not accepted, or unknown. Whatever is not certain is unknown, because
/// an order that is sent again may be paid twice, and no provider knows a key that would tell the second from the first.
/// </summary>
internal static class SubmitVerdict
{
    private static readonly string[] Noes = ["error", "detail", "message", "estimated_time"];

    public static SubmitOutcome Of(
        Exchange exchange, VideoProvider provider, ProviderModel model, Errors errors, DateTimeOffset now) =>
        exchange switch
        {
            Exchange.Silence { BodyStarted: false } silence =>
                new SubmitOutcome.NotAccepted(errors.Unreachable(silence.Cause), Transient: true),
            Exchange.Silence silence => new SubmitOutcome.Unknown(errors.Unknown(Errors.Reason(silence.Cause))),
            Exchange.Reply reply => OfReply(reply, provider, model, errors, now),
            _ => throw new NotSupportedException(),
        };

    private static SubmitOutcome OfReply(
        Exchange.Reply reply, VideoProvider provider, ProviderModel model, Errors errors, DateTimeOffset now)
    {
        var status = provider.StatusOf(reply);
        return status switch
        {
            >= 200 and < 300 => reply.Json is { } json && provider.ReadJob(model, json) is { } job
                ? new SubmitOutcome.Accepted(job)
                : new SubmitOutcome.Unknown(errors.Unknown("it answered without the id of a job", reply)),
            408 or 425 => Later(errors.Of(reply, status)),
            429 => Later(errors.Of(reply, status)) with { Scope = VerdictScope.Upstream },
            503 when SaysNo(reply) => Later(errors.Of(reply, status)),
            307 or 308 or (>= 400 and < 500) => new SubmitOutcome.NotAccepted(errors.Of(reply, status), Transient: false),
            _ => new SubmitOutcome.Unknown(errors.Unknown($"it answered with HTTP {status}", reply)),
        };

        SubmitOutcome.NotAccepted Later(GenerationError error) => new(error, Transient: true, RetryHint.Read(reply, now));
    }

    // A page of a gateway that lost its other side is also a 503, and so is an answer to a request that already has an id.
    private static bool SaysNo(Exchange.Reply reply) =>
        reply.Header("x-fal-request-id") is null
        && (reply.Header("Retry-After") is not null
            || (reply.Json is { } json && Array.Exists(Noes, name => json.Get(name) is not null)));
}
