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
/// Classifies the outcome of a call to the endpoint. Cold, busy and unreachable endpoints and broken connections are retried; the
/// rest needs the user or the operator. An endpoint scaled to zero answers 502 or 503 while a replica starts, with or without
/// <c>estimated_time</c>.
/// </summary>
internal static class EndpointVerdict
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    public static LocalRenderResult Of(Exchange.Reply reply, DateTimeOffset now) => reply.Status switch
    {
        408 or 425 or 429 => Later(reply, RateLimited, "The endpoint is busy. It will be called again shortly.", now),
        502 or 503 or 504 => Later(reply, ProviderUnavailable,
            "The endpoint is starting or overloaded. It will be called again shortly.", now),
        401 => Failed(reply, TokenRefused, "The endpoint does not accept the token. Set HF_TOKEN to a valid one and retry."),
        403 => Failed(reply, PermissionMissing,
            "The token may not call the endpoint. Set HF_TOKEN to a token of its organisation and retry."),
        402 => Failed(reply, PaymentRequired, "The endpoint's account has no credit left. Add credit and retry."),
        404 or 410 => Failed(reply, ModelUnavailable,
            $"There is no endpoint at {HuggingFaceOptions.Section}:EndpointUrl, or it is paused. " +
            "Resume it or correct the setting, then retry."),
        413 or 415 or 422 => Failed(reply, InputRejected, "The endpoint does not accept this picture or script."),
        // The toolkit answers 400 to every failure of a handler, so this is not necessarily the user's fault.
        _ => Failed(reply, ProviderFailed, $"The endpoint could not make the video (HTTP {reply.Status})."),
    };

    public static LocalRenderResult Of(HttpRequestException error) =>
        error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
            ? Of(VideoFault.TooLarge)
            : Again($"The endpoint could not be reached ({ProviderErrors.Reason(error)}). It will be called again shortly.");

    public static LocalRenderResult Of(VideoFault fault) => fault switch
    {
        VideoFault.NotAVideo => Unusable("The endpoint returned something that is not a video."),
        VideoFault.TooLarge => Unusable(DownloadFaults.TooLarge),
        _ => Again("The connection to the endpoint broke. It will be called again shortly."),
    };

    /// <summary>The outcome of downloading a video from an address in the response; null on success.</summary>
    public static LocalRenderResult Of(FetchOutcome? fault) => fault switch
    {
        FetchOutcome.Failed { Error: var error } => new LocalRenderResult.Failed(error),
        FetchOutcome.Suspect { Error: var error } => new LocalRenderResult.Failed(error),
        FetchOutcome.Blocked { Error: var error } => new LocalRenderResult.Failed(error),
        FetchOutcome.Unavailable { Error.Code: StorageFull } => throw new MediaStoreFullException(),
        FetchOutcome.Unavailable later => new LocalRenderResult.Interrupted(later.Error, later.RetryAfter ?? Pause),
        _ => new LocalRenderResult.Rendered(),
    };

    public static LocalRenderResult TooSlow(TimeSpan limit) => new LocalRenderResult.Failed(
        Error(DeadlineExceeded, $"The endpoint did not answer within {limit.TotalMinutes:0.#} minutes. Retry to call it again."));

    private static LocalRenderResult.Interrupted Again(string sentence) => new(Error(ProviderUnavailable, sentence), Pause);

    private static LocalRenderResult.Failed Unusable(string sentence) => new(Error(ResultUnusable, sentence));

    private static LocalRenderResult.Interrupted Later(Exchange.Reply reply, string code, string sentence, DateTimeOffset now) =>
        new(Error(code, sentence, reply), RetryHint.Read(reply, now) ?? Pause);

    private static LocalRenderResult.Failed Failed(Exchange.Reply reply, string code, string sentence)
    {
        var words = ProviderText.Read(reply);
        var message = words is null ? sentence : $"{sentence} It said: {words}";
        var scope = code is TokenRefused or PermissionMissing or PaymentRequired or ModelUnavailable
            ? VerdictScope.Upstream
            : VerdictScope.Order;
        return new(Error(code, message, reply) with { Retryable = code != InputRejected }, scope);
    }

    private static GenerationError Error(string code, string sentence, Exchange.Reply? reply = null) =>
        new(code, sentence, Retryable: true, BackendNames.Endpoint, reply?.Status, reply?.RequestId);
}
