using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Downloads;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.Endpoint;

/// <summary>
/// Classifies the outcome of a call to an endpoint. Cold and busy endpoints and broken connections are retried, unless a repeat
/// may cost money; one that cannot be reached pauses its queue; the rest needs the user or the operator. An endpoint scaled to
/// zero answers 502 or 503 while a replica starts, with or without <c>estimated_time</c>.
/// </summary>
internal sealed class EndpointVerdict(Upstream upstream)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    public LocalRenderResult Of(Exchange.Reply reply, DateTimeOffset now) => reply.Status switch
    {
        408 or 425 or 429 => Later(reply, RateLimited, "The endpoint is busy. It will be called again shortly.", now),
        502 or 503 or 504 when upstream.RepeatCostsMoney => Unknown($"it answered with HTTP {reply.Status}", reply),
        502 or 503 or 504 => Later(reply, ProviderUnavailable,
            "The endpoint is starting or overloaded. It will be called again shortly.", now),
        401 => Failed(reply, TokenRefused,
            $"The endpoint does not accept the token. Set {upstream.Keys.Token} to a valid one and retry."),
        403 => Failed(reply, PermissionMissing,
            $"The token may not call the endpoint. Set {upstream.Keys.Token} to a token of its organisation and retry."),
        402 => Failed(reply, PaymentRequired, "The endpoint's account has no credit left. Add credit and retry."),
        404 or 410 => Failed(reply, ModelUnavailable,
            $"There is no endpoint at {upstream.Keys.Url}, or it is paused. Resume it or correct the setting, then retry."),
        413 or 415 or 422 => Failed(reply, InputRejected, "The endpoint does not accept this picture or script."),
        // The toolkit answers 400 to every failure of a handler, so this is not necessarily the user's fault.
        _ => Failed(reply, ProviderFailed, $"The endpoint could not make the video (HTTP {reply.Status})."),
    };

    public LocalRenderResult Of(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.ConfigurationLimitExceeded => Of(VideoFault.TooLarge),
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError => new LocalRenderResult.Failed(
                Error(ProviderUnavailable, $"The endpoint could not be reached ({ProviderErrors.Reason(error)})."),
                VerdictScope.Upstream),
        _ => Broken(ProviderErrors.Reason(error)),
    };

    public LocalRenderResult Of(VideoFault fault) => fault switch
    {
        VideoFault.NotAVideo => Unusable("The endpoint returned something that is not a video."),
        VideoFault.TooLarge => Unusable(DownloadFaults.TooLarge),
        _ => Broken("the connection broke"),
    };

    /// <summary>The outcome of downloading a video from an address in the response; null on success.</summary>
    public LocalRenderResult Of(FetchOutcome? fault) => fault switch
    {
        FetchOutcome.Failed { Error: var error } => new LocalRenderResult.Failed(error),
        FetchOutcome.Suspect { Error: var error } => new LocalRenderResult.Failed(error),
        FetchOutcome.Blocked { Error: var error } => new LocalRenderResult.Failed(error),
        FetchOutcome.Unavailable { Error.Code: StorageFull } => throw new MediaStoreFullException(),
        FetchOutcome.Unavailable later when upstream.RepeatCostsMoney => new LocalRenderResult.Failed(later.Error),
        FetchOutcome.Unavailable later => new LocalRenderResult.Interrupted(later.Error, later.RetryAfter ?? Pause),
        _ => new LocalRenderResult.Rendered(),
    };

    public LocalRenderResult TooSlow(TimeSpan limit) => new LocalRenderResult.Failed(
        Error(DeadlineExceeded, $"The endpoint did not answer within {limit.TotalMinutes:0.#} minutes. Retry to call it again."));

    private LocalRenderResult Broken(string reason) => upstream.RepeatCostsMoney
        ? Unknown(reason)
        : new LocalRenderResult.Interrupted(
            Error(ProviderUnavailable, $"The call to the endpoint failed ({reason}). It will be called again shortly."), Pause);

    private LocalRenderResult.Failed Unknown(string reason, Exchange.Reply? reply = null) => new(Error(
        OutcomeUnknown,
        $"It is unknown whether the endpoint made the video: {reason}. A retry calls it again, and both calls may be charged.",
        reply));

    private LocalRenderResult.Failed Unusable(string sentence) => new(Error(ResultUnusable, sentence));

    private LocalRenderResult.Interrupted Later(Exchange.Reply reply, string code, string sentence, DateTimeOffset now) =>
        new(Error(code, sentence, reply), RetryHint.Read(reply, now) ?? Pause);

    private LocalRenderResult.Failed Failed(Exchange.Reply reply, string code, string sentence)
    {
        var words = ProviderText.Read(reply);
        var message = words is null ? sentence : $"{sentence} It said: {words}";
        var scope = code is TokenRefused or PermissionMissing or PaymentRequired or ModelUnavailable
            ? VerdictScope.Upstream
            : VerdictScope.Order;
        return new(Error(code, message, reply) with { Retryable = code != InputRejected }, scope);
    }

    private GenerationError Error(string code, string sentence, Exchange.Reply? reply = null) =>
        new(code, sentence, Retryable: true, upstream.Name, reply?.Status, reply?.RequestId);
}
