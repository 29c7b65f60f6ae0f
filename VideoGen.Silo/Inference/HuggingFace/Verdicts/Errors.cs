using VideoGen.Grains.Contracts;
using VideoGen.Silo.Inference.HuggingFace.Wire;
using static VideoGen.Grains.Contracts.GenerationErrorCode;

namespace VideoGen.Silo.Inference.HuggingFace.Verdicts;

/// <summary>
/// The sentences for people: what happened, what to do about it, and the provider's own words. <paramref name="Who"/> is the name
/// people know the other side by, <paramref name="Provider"/> its id.
/// </summary>
internal sealed record Errors(string Who, string? Provider, string Model)
{
    public GenerationError Of(Exchange.Reply reply) => Of(reply, reply.Status);

    /// <summary>The error that a status means, wherever it came up.</summary>
    public GenerationError Of(Exchange.Reply reply, int status)
    {
        var words = ProviderWords.Read(reply);
        var (code, sentence, retryable) = status switch
        {
            401 => (TokenRefused, $"{Who} does not accept the token. Set HF_TOKEN to a valid one and retry.", true),
            402 => (PaymentRequired,
                $"The account has no credit left for {Who}. Buy credit at huggingface.co/settings/billing and retry.", true),
            403 => (PermissionMissing,
                $"The token may not make this call to {Who}. Give it the permission \"Make calls to Inference " +
                "Providers\" (and membership of the organisation that is billed), and retry.", true),
            404 or 410 => (ModelUnavailable, NotServed(), true),
            400 when IsUnmapped(words) => (ModelUnavailable, NotServed(), true),
            429 => (RateLimited, $"{Who} limits the requests of this account. Retry later.", true),
            _ when status is >= 400 and < 500 && ProviderWords.TellOfRefusedContent(words) =>
                (ContentRejected,
                    $"The safety system of {Who} refused the picture or the script. Change them and order again.", false),
            413 => (InputRejected, $"The picture is too large for {Who}. Order again with a smaller one.", false),
            400 or 422 => (InputRejected, $"{Who} does not accept this picture or script. Change them and order again.", false),
            499 => (ProviderFailed, $"{Who} canceled the job.", true),
            408 or 425 or >= 500 => (ProviderUnavailable,
                $"{Who} is overloaded, warming up or out of order (HTTP {status}). Retry later.", true),
            _ => (ProviderFailed, $"{Who} refused the order (HTTP {status}).", true),
        };
        return new GenerationError(code, With(sentence, words), retryable, Provider, status, reply.RequestId);
    }

    public GenerationError Unreachable(Exception cause) => new(
        ProviderUnavailable, $"{Who} could not be reached ({Reason(cause)}). Retry later.", Retryable: true, Provider);

    public GenerationError Unreadable(Exchange.Reply reply) => new(
        ProviderUnavailable, $"{Who} answered with something that is no answer.", Retryable: true, Provider, reply.Status,
        reply.RequestId);

    public GenerationError Unknown(string reason, Exchange.Reply? reply = null) => new(
        OutcomeUnknown,
        With(
            $"It can not be known whether {Who} accepted the order: {reason}. A retry orders it again, and both may " +
            "have to be paid.",
            reply is null ? null : ProviderWords.Read(reply)),
        Retryable: true, Provider, reply?.Status, reply?.RequestId);

    /// <summary>The provider says that the job failed, in an answer that is fine in itself.</summary>
    public GenerationError JobFailed(string? words, Exchange.Reply reply) => ProviderWords.TellOfRefusedContent(words)
        ? new(ContentRejected, With($"The safety system of {Who} refused the picture or the script. Change them and order again.",
            ProviderWords.Polish(words)), Retryable: false, Provider, reply.Status, reply.RequestId)
        : new(ProviderFailed, With($"{Who} could not make the video.", ProviderWords.Polish(words)), Retryable: true, Provider,
            reply.Status, reply.RequestId);

    public GenerationError NoFilm(Exchange.Reply reply) => new(
        ResultUnusable, $"{Who} finished the job without a video. Retry to order it again.", Retryable: true, Provider,
        reply.Status, reply.RequestId);

    public GenerationError Lost(Exchange.Reply reply) => new(
        JobLost,
        With($"{Who} does not know the job, or its result, any more. Retry to order it again.", ProviderWords.Read(reply)),
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

    public static bool IsUnmapped(string? words) =>
        words?.Contains("not supported by provider", StringComparison.OrdinalIgnoreCase) == true;

    private string NotServed() =>
        $"{Who} does not serve {Model}. Retry to look for another provider, or set " +
        $"{HuggingFaceOptions.Section}:Model to another model.";

    private static string With(string sentence, string? words) => words is null ? sentence : $"{sentence} It said: {words}";
}
