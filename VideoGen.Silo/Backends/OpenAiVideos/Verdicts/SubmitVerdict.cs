using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.OpenAiVideos.Verdicts;

/// <summary>
/// Classifies the outcome of a submit: accepted, certainly not accepted, or unknown. Anything uncertain is unknown, because a
/// request that is sent again is rendered again, and no server takes an idempotency key.
/// </summary>
internal static class SubmitVerdict
{
    public static SubmitOutcome Of(Exchange exchange, ProviderErrors errors, DateTimeOffset now) => exchange switch
    {
        Exchange.Silence { BodyStarted: false } silence => new SubmitOutcome.NotAccepted(
            errors.Unreachable(silence.Cause), Transient: true, Scope: VerdictScope.Upstream),
        Exchange.Silence silence => new SubmitOutcome.Unknown(errors.Unknown(ProviderErrors.Reason(silence.Cause))),
        Exchange.Reply { IsSuccess: true } reply => reply.Json is { } json && VideoJob.Read(json) is { } job
            ? new SubmitOutcome.Accepted(job)
            : new SubmitOutcome.Unknown(errors.Unknown("it answered without a job id", reply)),
        Exchange.Reply reply when IsNo(reply) => Refused(reply, errors, now),
        Exchange.Reply reply => new SubmitOutcome.Unknown(
            errors.Unknown($"it answered with HTTP {reply.Status}", reply), Lead(reply)),
        _ => throw new NotSupportedException(),
    };

    /// <summary>
    /// Whether the request was certainly not accepted: a 4xx in the shape of an error comes from the server itself, unless it
    /// names a job. 408 and 499 are about time, and say nothing about the job. A redirect, a missing token, a method that is not
    /// there and a body that is too large come before the request is read, from whomever.
    /// </summary>
    private static bool IsNo(Exchange.Reply reply) => reply.Status switch
    {
        301 or 307 or 308 or 401 or 405 or 413 => true,
        408 or 499 => false,
        >= 400 and < 500 => ErrorSigns.Read(reply).HasShape && Lead(reply) is null,
        _ => false,
    };

    private static SubmitOutcome.NotAccepted Refused(Exchange.Reply reply, ProviderErrors errors, DateTimeOffset now)
    {
        if (IsNoRoute(reply))
        {
            return new SubmitOutcome.NotAccepted(errors.NoRoute(reply), Transient: false, Scope: VerdictScope.Upstream);
        }

        var kind = ModelRefusal.IsSaidBy(reply) ? RefusalKind.Model : RefusalRules.KindOf(reply, reply.Status);
        return new SubmitOutcome.NotAccepted(
            errors.Of(reply, kind, reply.Status), kind.MayPass(), RetryHint.Read(reply, now), kind.Scope());
    }

    /// <summary>FastAPI's words for a path that it does not have, which are not about the model.</summary>
    private static bool IsNoRoute(Exchange.Reply reply) =>
        reply.Status == 405 || (reply.Status == 404 && reply.Json?.Text("detail") == "Not Found");

    private static RenderJob? Lead(Exchange.Reply reply) =>
        reply.Json is { } json && json.Text("object") == "video" ? VideoJob.Read(json) : null;

    private static GenerationError NoRoute(this ProviderErrors errors, Exchange.Reply reply) => new(
        GenerationErrorCode.ModelUnavailable,
        $"{errors.Who} has no /v1/videos. Set {errors.Keys.Url} to the root of a server that renders videos.",
        Retryable: true, errors.Provider, reply.Status, reply.RequestId);
}
