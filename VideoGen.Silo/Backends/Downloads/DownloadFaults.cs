using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;
using VideoGen.Silo.Outgoing;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.Downloads;

/// <summary>The ways in which fetching a film can go wrong, as outcomes.</summary>
internal sealed record DownloadFaults(string? Provider)
{
    public const string TooLarge =
        $"The video is larger than this server takes. Raise {HuggingFaceOptions.Section}:MaxResultBytes.";

    private const string Allow = $" If that is meant so, name its host in {OutgoingOptions.Section}:Allow.";

    public FetchOutcome Of(VideoStreamException error) => error switch
    {
        { Fault: VideoFault.NotAVideo } => Suspect(ResultUnusable, "What came back is not a video."),
        { Fault: VideoFault.TooLarge } => Blocked(TooLarge),
        { InnerException: HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } } =>
            Suspect(ResultUnusable, "The video ended before it was whole."),
        _ => Unavailable(ProviderUnavailable, "The connection broke while the video was fetched."),
    };

    /// <summary>Where the address leads, nothing is fetched from; a setting of this server may allow it.</summary>
    public FetchOutcome Of(OutgoingRefusal refusal) => refusal switch
    {
        OutgoingRefusal.NotPublic => Blocked($"The video is at an address that is not public, and was not fetched.{Allow}"),
        OutgoingRefusal.Port => Blocked($"The video is at a port that is not one of the web, and was not fetched.{Allow}"),
        OutgoingRefusal.NotHttps => Blocked($"The video is at an address that is not https, and was not fetched.{Allow}"),
        OutgoingRefusal.HasUser => Suspect(ResultUnusable, "The address of the video carries a password, and was not fetched."),
        _ => Suspect(ResultUnusable, "The address of the video leads in circles."),
    };

    /// <summary>The signature of the URL is over, the file is gone, or it was one wrong answer.</summary>
    public FetchOutcome Of(HttpResponseMessage response, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var headers = response.Headers.ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var hint = RetryHint.Read(new Exchange.Reply(status, headers, ""), now);
        return status is 408 or 425 or 429 or >= 500
            ? Unavailable(ProviderUnavailable, $"The video could not be fetched (HTTP {status}).", status, hint)
            : Suspect(JobLost, $"The video is not at its address any more (HTTP {status}).", status);
    }

    public FetchOutcome Suspect(string code, string sentence, int? status = null) =>
        new FetchOutcome.Suspect(new GenerationError(code, sentence, Retryable: true, Provider, status));

    private FetchOutcome.Blocked Blocked(string sentence) =>
        new(new GenerationError(ResultUnusable, sentence, Retryable: true, Provider));

    public FetchOutcome Unavailable(string code, string sentence, int? status = null, TimeSpan? retryAfter = null) =>
        new FetchOutcome.Unavailable(new GenerationError(code, sentence, Retryable: true, Provider, status), retryAfter);
}
