using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;
using VideoGen.Silo.Inference.HuggingFace.Wire;
using VideoGen.Silo.Outgoing;
using static VideoGen.Grains.Contracts.GenerationErrorCode;

namespace VideoGen.Silo.Inference.Downloads;

/// <summary>The ways in which fetching a film can go wrong, as outcomes.</summary>
internal sealed record DownloadFaults(string? Provider)
{
    public FetchOutcome Of(FilmFault fault) => fault switch
    {
        FilmFault.NotAFilm => Failed(ResultUnusable, "What came back is not a video."),
        FilmFault.TooLarge => Failed(ResultUnusable, "The video is larger than this server takes."),
        _ => Unavailable(ProviderUnavailable, "The connection broke while the video was fetched."),
    };

    /// <summary>Where the address leads, nothing is fetched from; another attempt may name another one.</summary>
    public FetchOutcome Of(OutgoingRefusal refusal) => Failed(ResultUnusable, refusal switch
    {
        OutgoingRefusal.NotPublic => "The video is at an address that is not public, and was not fetched.",
        OutgoingRefusal.Circle => "The address of the video leads in circles.",
        OutgoingRefusal.HasUser => "The address of the video carries a password, and was not fetched.",
        OutgoingRefusal.Port => "The video is at a port that is not one of the web, and was not fetched.",
        _ => "The video is at an address that is not https, and was not fetched.",
    });

    /// <summary>A server of files that refuses does so for good: the signature of the URL is over, or the file is gone.</summary>
    public FetchOutcome Of(HttpResponseMessage response, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var headers = response.Headers.ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var hint = RetryHint.Read(new Exchange.Reply(status, headers, ""), now);
        return status is 408 or 425 or 429 or >= 500
            ? Unavailable(ProviderUnavailable, $"The video could not be fetched (HTTP {status}).", status, hint)
            : Failed(JobLost, $"The video is not there any more (HTTP {status}). Retry to order it again.", status);
    }

    public FetchOutcome Failed(string code, string sentence, int? status = null) =>
        new FetchOutcome.Failed(new GenerationError(code, sentence, Retryable: true, Provider, status));

    public FetchOutcome Unavailable(string code, string sentence, int? status = null, TimeSpan? retryAfter = null) =>
        new FetchOutcome.Unavailable(new GenerationError(code, sentence, Retryable: true, Provider, status), retryAfter);
}
