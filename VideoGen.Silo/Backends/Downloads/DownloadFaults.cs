using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;
using VideoGen.Silo.Outgoing;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.Downloads;

/// <summary>Maps download failures to fetch outcomes.</summary>
internal sealed record DownloadFaults(string? Provider)
{
    public const string TooLarge =
        $"The video is larger than this server accepts. Raise {HuggingFaceOptions.Section}:MaxResultBytes.";

    private const string Allow = $" To allow it, add its host to {OutgoingOptions.Section}:Allow.";

    public FetchOutcome Of(VideoStreamException error) => error switch
    {
        { Fault: VideoFault.NotAVideo } => Suspect(ResultUnusable, "The provider returned something that is not a video."),
        { Fault: VideoFault.TooLarge } => Blocked(TooLarge),
        { InnerException: HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } } =>
            Suspect(ResultUnusable, "The video download was incomplete."),
        _ => Unavailable(ProviderUnavailable, "The connection broke while the video was being downloaded."),
    };

    /// <summary>The address leads to a host that must not be called; a setting of this server may allow it.</summary>
    public FetchOutcome Of(OutgoingRefusal refusal) => refusal switch
    {
        OutgoingRefusal.NotPublic => Blocked($"The video was not downloaded because its address is not public.{Allow}"),
        OutgoingRefusal.Port => Blocked("The video was not downloaded because its address uses "
            + $"a port that is not a web port.{Allow}"),
        OutgoingRefusal.NotHttps => Blocked($"The video was not downloaded because its address is not https.{Allow}"),
        OutgoingRefusal.HasUser => Suspect(ResultUnusable, "The video was not downloaded because its "
            + "address contains a password."),
        _ => Suspect(ResultUnusable, "The address of the video redirects too often."),
    };

    /// <summary>The URL's signature expired, the file is gone, or the response was a one-off error.</summary>
    public FetchOutcome Of(HttpResponseMessage response, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var headers = response.Headers.ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var hint = RetryHint.Read(new Exchange.Reply(status, headers, ""), now);
        return status is 408 or 425 or 429 or >= 500
            ? Unavailable(ProviderUnavailable, $"The video could not be downloaded (HTTP {status}).", status, hint)
            : Suspect(JobLost, $"The video is no longer at its address (HTTP {status}).", status);
    }

    public FetchOutcome Suspect(string code, string sentence, int? status = null) =>
        new FetchOutcome.Suspect(new GenerationError(code, sentence, Retryable: true, Provider, status));

    private FetchOutcome.Blocked Blocked(string sentence) =>
        new(new GenerationError(ResultUnusable, sentence, Retryable: true, Provider));

    public FetchOutcome Unavailable(string code, string sentence, int? status = null, TimeSpan? retryAfter = null) =>
        new FetchOutcome.Unavailable(new GenerationError(code, sentence, Retryable: true, Provider, status), retryAfter);
}
