using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Verdicts;

/// <summary>
/// Classifies the outcome of a submit: accepted, certainly not accepted, or unknown. Anything uncertain is unknown, because a
/// request that is sent again may be charged twice, and no provider supports an idempotency key.
/// </summary>
internal static class SubmitVerdict
{
    public static SubmitOutcome Of(
        Exchange exchange, VideoProvider provider, ProviderModel model, ProviderErrors errors, DateTimeOffset now) =>
        exchange switch
        {
            Exchange.Silence { BodyStarted: false } silence => new SubmitOutcome.NotAccepted(
                errors.Unreachable(silence.Cause), Transient: true, Scope: VerdictScope.Upstream),
            Exchange.Silence silence => new SubmitOutcome.Unknown(errors.Unknown(ProviderErrors.Reason(silence.Cause))),
            Exchange.Reply reply => OfReply(reply, provider, model, errors, now),
            _ => throw new NotSupportedException(),
        };

    private static SubmitOutcome OfReply(
        Exchange.Reply reply, VideoProvider provider, ProviderModel model, ProviderErrors errors, DateTimeOffset now)
    {
        var status = provider.StatusOf(reply);
        if (status is >= 200 and < 300)
        {
            return reply.Json is { } json && provider.ReadJob(model, json) is { } job
                ? new SubmitOutcome.Accepted(job)
                : new SubmitOutcome.Unknown(errors.Unknown("it answered without a job id", reply), provider.LeadIn(model, reply));
        }

        if (!IsNo(reply, status, provider, model))
        {
            return new SubmitOutcome.Unknown(
                errors.Unknown($"it answered with HTTP {status}", reply), provider.LeadIn(model, reply));
        }

        var kind = RefusalRules.KindOf(reply, status);
        return new SubmitOutcome.NotAccepted(
            errors.Of(reply, kind, status), kind.MayPass(), RetryHint.Read(reply, now), kind.Scope());
    }

    /// <summary>
    /// Whether the request was certainly not accepted. A 4xx about the request or the account that has the shape of an error
    /// comes from the provider. Other 4xx responses are believed too, because gateways send theirs before they pass a request on,
    /// unless the response names the request or a job: then a server behind the gateway had it. A 503 must say itself that it
    /// refused, because a gateway that lost its backend answers 503 as well.
    /// </summary>
    private static bool IsNo(Exchange.Reply reply, int status, VideoProvider provider, ProviderModel model) => status switch
    {
        307 or 308 => true,
        400 or 401 or 402 or 403 or 404 or 410 or 413 or 415 or 422 when ErrorSigns.Read(reply).HasShape => true,
        503 when reply.Header("Retry-After") is null && !ErrorSigns.Read(reply).HasShape => false,
        503 or (>= 400 and < 500) => provider.LeadIn(model, reply) is null,
        _ => false,
    };
}
