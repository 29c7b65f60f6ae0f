using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Verdicts;

/// <summary>
/// What an attempt to order ended in: accepted, certainly not accepted, or unknown. Whatever is not certain is unknown, because
/// an order that is sent again may be paid twice, and no provider knows a key that would tell the second from the first.
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
                : new SubmitOutcome.Unknown(errors.Unknown("it answered without the id of a job", reply));
        }

        if (!IsNo(reply, status, provider, model))
        {
            return new SubmitOutcome.Unknown(errors.Unknown($"it answered with HTTP {status}", reply));
        }

        var kind = RefusalRules.KindOf(reply, status);
        return new SubmitOutcome.NotAccepted(
            errors.Of(reply, kind, status), kind.MayPass(), RetryHint.Read(reply, now), kind.Scope());
    }

    /// <summary>
    /// Whether the order was certainly not taken. A 4xx about the order or the account that has the shape of an error is the word
    /// of the provider. Every other 4xx is believed too, because gateways give theirs before they pass a request on; but not when
    /// the answer names the request or a job, for then somebody behind the gateway had it. A 503 has to say no by itself: a
    /// gateway that lost its other side answers with one as well.
    /// </summary>
    private static bool IsNo(Exchange.Reply reply, int status, VideoProvider provider, ProviderModel model) => status switch
    {
        307 or 308 => true,
        400 or 401 or 402 or 403 or 404 or 410 or 413 or 415 or 422 when ErrorSigns.Read(reply).HasShape => true,
        503 when reply.Header("Retry-After") is null && !ErrorSigns.Read(reply).HasShape => false,
        503 or (>= 400 and < 500) => !provider.NamesJob(model, reply),
        _ => false,
    };
}
