using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.Refusals;

/// <summary>
/// User-facing error messages: what happened, what to do about it, and the provider's own words. <paramref name="Who"/> is the
/// display name of the provider, <paramref name="Provider"/> its id, <paramref name="Keys"/> the settings to change.
/// </summary>
internal sealed record ProviderErrors(string Who, string? Provider, string Model, UpstreamKeys Keys)
{
    private const string AsksFirst = "A retry asks for it once more before it submits a new job.";

    public GenerationError Of(Exchange.Reply reply) => Of(reply, RefusalRules.KindOf(reply, reply.Status), reply.Status);

    /// <summary>The error for a refusal; <paramref name="status"/> may come from the body of a 200 response.</summary>
    public GenerationError Of(Exchange.Reply reply, RefusalKind kind, int status)
    {
        var (code, sentence) = Say(kind, status);
        var retryable = kind is not (RefusalKind.Content or RefusalKind.TooLarge or RefusalKind.Input);
        return new GenerationError(
            code, With(sentence, ProviderText.Read(reply)), retryable, Provider, status, reply.RequestId);
    }

    /// <summary>
    /// The error for a failed status request. Account errors keep their own code, because that is what has to be fixed.
    /// </summary>
    public GenerationError Unasked(Exchange.Reply reply, int status)
    {
        var kind = RefusalRules.KindOf(reply, status);
        return kind.Scope() is VerdictScope.Upstream && kind is not RefusalKind.Other
            ? Of(reply, kind, status)
            : new GenerationError(ProviderUnavailable,
                With($"{Who} did not return the job status (HTTP {status}). It will be asked again.", ProviderText.Read(reply)),
                Retryable: true, Provider, status, reply.RequestId);
    }

    public GenerationError Unreachable(Exception cause) => new(
        ProviderUnavailable, $"{Who} could not be reached ({Reason(cause)}). Retry later.", Retryable: true, Provider);

    public GenerationError Unreadable(Exchange.Reply reply) => new(
        ProviderUnavailable, $"{Who} sent a malformed response. It will be asked again.", Retryable: true, Provider,
        reply.Status, reply.RequestId);

    public GenerationError Unknown(string reason, Exchange.Reply? reply = null) => new(
        OutcomeUnknown,
        With(
            $"It is unknown whether {Who} accepted the request: {reason}. A retry submits it again, and both may " +
            "be charged.",
            reply is null ? null : ProviderText.Read(reply)),
        Retryable: true, Provider, reply?.Status, reply?.RequestId);

    /// <summary>The job failed, as reported in a well-formed response.</summary>
    public GenerationError JobFailed(string? words, Exchange.Reply reply) => ProviderText.TellOfRefusedContent(words)
        ? new(ContentRejected, With(RefusedContent(), ProviderText.Polish(words)), Retryable: false, Provider, reply.Status,
            reply.RequestId)
        : new(ProviderFailed, With($"{Who} could not make the video.", ProviderText.Polish(words)), Retryable: true, Provider,
            reply.Status, reply.RequestId);

    /// <summary>A remark about a status that this build does not know; null when there is none.</summary>
    public string? NewStatus(string? word) => ProviderText.Polish(word) is { } shown
        ? $"{Who} reports the status {shown}, which this server does not know. It keeps polling."
        : null;

    public GenerationError NoVideo(Exchange.Reply reply) => new(
        ResultUnusable, $"{Who} finished the job without a video. {AsksFirst}", Retryable: true, Provider,
        reply.Status, reply.RequestId);

    public GenerationError Lost(Exchange.Reply reply) => new(
        JobLost,
        With($"{Who} no longer has the job or its result. {AsksFirst}", ProviderText.Read(reply)),
        Retryable: true, Provider, reply.Status, reply.RequestId);

    public static string Reason(Exception cause) => cause switch
    {
        OperationCanceledException => "it did not answer in time",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its host name could not be resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "the TLS handshake failed",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy refused the connection",
        _ => "the connection broke",
    };

    private (string Code, string Sentence) Say(RefusalKind kind, int status) => kind switch
    {
        RefusalKind.Token => (TokenRefused, $"{Who} does not accept the token. Set {Keys.Token} to a valid one."),
        RefusalKind.Permission => (PermissionMissing,
            $"The token may not make this call to {Who}. {Keys.Permission}".TrimEnd()),
        RefusalKind.Credit => (PaymentRequired,
            $"The account has no credit left for {Who}. {Keys.Credit}".TrimEnd()),
        RefusalKind.Rate => (RateLimited, $"{Who} is rate-limiting this account."),
        RefusalKind.Model => (ModelUnavailable,
            $"{Who} does not serve {Model}. {Keys.OtherModel}"),
        RefusalKind.Content => (ContentRejected, RefusedContent()),
        RefusalKind.TooLarge => (InputRejected, $"The picture is too large for {Who}. Submit again with a smaller one."),
        RefusalKind.Input => (InputRejected, $"{Who} does not accept this picture or script. Change them and submit again."),
        RefusalKind.Canceled => (ProviderFailed, $"{Who} canceled the job."),
        RefusalKind.Gateway => (ProviderUnavailable,
            $"A firewall or gateway in front of {Who} refused the call (HTTP {status}). {Who} itself did not answer."),
        RefusalKind.Away => (ProviderUnavailable, $"{Who} is overloaded, starting up or unavailable (HTTP {status})."),
        RefusalKind.Unexplained => (ProviderFailed,
            $"{Who}, or a gateway in front of it, refused the request without giving a reason (HTTP {status}). Retry later."),
        _ => (ProviderFailed, $"{Who} refused the call (HTTP {status})."),
    };

    private string RefusedContent() =>
        $"The safety system of {Who} refused the picture or the script. Change them and submit again.";

    private static string With(string sentence, string? words) => words is null ? sentence : $"{sentence} It said: {words}";
}
