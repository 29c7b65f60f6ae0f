using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.Refusals;

/// <summary>
/// The sentences for people: what happened, what to do about it, and the provider's own words. <paramref name="Who"/> is the name
/// people know the other side by, <paramref name="Provider"/> its id.
/// </summary>
internal sealed record ProviderErrors(string Who, string? Provider, string Model)
{
    private const string AsksFirst = "A retry asks for it once more before it orders again.";

    public GenerationError Of(Exchange.Reply reply) => Of(reply, RefusalRules.KindOf(reply, reply.Status), reply.Status);

    /// <summary>The error that a refusal is for people; <paramref name="status"/> may come from the body of a 200.</summary>
    public GenerationError Of(Exchange.Reply reply, RefusalKind kind, int status)
    {
        var (code, sentence) = Say(kind, status);
        var retryable = kind is not (RefusalKind.Content or RefusalKind.TooLarge or RefusalKind.Input);
        return new GenerationError(
            code, With(sentence, ProviderText.Read(reply)), retryable, Provider, status, reply.RequestId);
    }

    /// <summary>A job could not be asked for. What is about the account keeps its name: that is what has to be mended.</summary>
    public GenerationError Unasked(Exchange.Reply reply, int status)
    {
        var kind = RefusalRules.KindOf(reply, status);
        return kind.Scope() is VerdictScope.Upstream && kind is not RefusalKind.Other
            ? Of(reply, kind, status)
            : new GenerationError(ProviderUnavailable,
                With($"{Who} did not say how the job stands (HTTP {status}). It is asked again.", ProviderText.Read(reply)),
                Retryable: true, Provider, status, reply.RequestId);
    }

    public GenerationError Unreachable(Exception cause) => new(
        ProviderUnavailable, $"{Who} could not be reached ({Reason(cause)}). Retry later.", Retryable: true, Provider);

    public GenerationError Unreadable(Exchange.Reply reply) => new(
        ProviderUnavailable, $"{Who} answered with something that is no answer. It is asked again.", Retryable: true, Provider,
        reply.Status, reply.RequestId);

    public GenerationError Unknown(string reason, Exchange.Reply? reply = null) => new(
        OutcomeUnknown,
        With(
            $"It cannot be known whether {Who} accepted the order: {reason}. A retry orders it again, and both may " +
            "have to be paid.",
            reply is null ? null : ProviderText.Read(reply)),
        Retryable: true, Provider, reply?.Status, reply?.RequestId);

    /// <summary>The provider says that the job failed, in an answer that is fine in itself.</summary>
    public GenerationError JobFailed(string? words, Exchange.Reply reply) => ProviderText.TellOfRefusedContent(words)
        ? new(ContentRejected, With(RefusedContent(), ProviderText.Polish(words)), Retryable: false, Provider, reply.Status,
            reply.RequestId)
        : new(ProviderFailed, With($"{Who} could not make the video.", ProviderText.Polish(words)), Retryable: true, Provider,
            reply.Status, reply.RequestId);

    /// <summary>A remark about a word that this build does not know; null when there is none.</summary>
    public string? NewStatus(string? word) => ProviderText.Polish(word) is { } shown
        ? $"{Who} reports the status {shown}, which this server does not know. It goes on asking."
        : null;

    public GenerationError NoFilm(Exchange.Reply reply) => new(
        ResultUnusable, $"{Who} finished the job without a video. {AsksFirst}", Retryable: true, Provider,
        reply.Status, reply.RequestId);

    public GenerationError Lost(Exchange.Reply reply) => new(
        JobLost,
        With($"{Who} does not know the job, or its result, any more. {AsksFirst}", ProviderText.Read(reply)),
        Retryable: true, Provider, reply.Status, reply.RequestId);

    public static string Reason(Exception cause) => cause switch
    {
        OperationCanceledException => "no answer in time",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy refused",
        _ => "the connection broke",
    };

    private (string Code, string Sentence) Say(RefusalKind kind, int status) => kind switch
    {
        RefusalKind.Token => (TokenRefused, $"{Who} does not accept the token. Set HF_TOKEN to a valid one."),
        RefusalKind.Permission => (PermissionMissing,
            $"The token may not make this call to {Who}. Give it the permission \"Make calls to Inference Providers\" (and " +
            "membership of the organisation that is billed)."),
        RefusalKind.Credit => (PaymentRequired,
            $"The account has no credit left for {Who}. Buy credit at huggingface.co/settings/billing."),
        RefusalKind.Rate => (RateLimited, $"{Who} limits the requests of this account."),
        RefusalKind.Model => (ModelUnavailable,
            $"{Who} does not serve {Model}. Wait for it, or set {HuggingFaceOptions.Section}:Model or " +
            $"{HuggingFaceOptions.Section}:Provider to another one."),
        RefusalKind.Content => (ContentRejected, RefusedContent()),
        RefusalKind.TooLarge => (InputRejected, $"The picture is too large for {Who}. Order again with a smaller one."),
        RefusalKind.Input => (InputRejected, $"{Who} does not accept this picture or script. Change them and order again."),
        RefusalKind.Canceled => (ProviderFailed, $"{Who} canceled the job."),
        RefusalKind.Gateway => (ProviderUnavailable,
            $"A firewall or a gateway before {Who} refused the call (HTTP {status}); {Who} itself did not answer."),
        RefusalKind.Away => (ProviderUnavailable, $"{Who} is overloaded, warming up or out of order (HTTP {status})."),
        RefusalKind.Unexplained => (ProviderFailed,
            $"{Who}, or a gateway before it, refused the order without a reason (HTTP {status}). Retry later."),
        _ => (ProviderFailed, $"{Who} refused the call (HTTP {status})."),
    };

    private string RefusedContent() =>
        $"The safety system of {Who} refused the picture or the script. Change them and order again.";

    private static string With(string sentence, string? words) => words is null ? sentence : $"{sentence} It said: {words}";
}
