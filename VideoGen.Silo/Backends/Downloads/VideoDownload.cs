using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Outgoing;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.Downloads;

/// <summary>
/// Fetches a film from where a provider says it is into the media store: never with a token, only over https, only from public
/// addresses at every redirect, only a film, and only so much of it. The URL may be signed and is never logged.
/// </summary>
internal sealed partial class VideoDownload(
    IHttpClientFactory clients, IMediaStore store, IOptions<HuggingFaceOptions> options, TimeProvider time,
    ILogger<VideoDownload> logger)
{
    public const string Client = "film-download";

    public async Task<FetchOutcome> FetchAsync(string url, string name, string? provider, CancellationToken cancellationToken)
    {
        StoredMedia? stored = null;
        var fault = await CopyAsync(url, provider, SaveAsync, cancellationToken);
        return fault ?? new FetchOutcome.Stored(stored!);

        async Task SaveAsync(VideoStream film, CancellationToken cancel) =>
            stored = await store.SaveAsync(MediaKind.Original, name, film.CopyToAsync, cancel);
    }

    /// <summary>Fetches into whatever <paramref name="save"/> copies to; null when that was done, else why not.</summary>
    public async Task<FetchOutcome?> CopyAsync(
        string url, string? provider, Func<VideoStream, CancellationToken, Task> save, CancellationToken cancellationToken)
    {
        var faults = new DownloadFaults(provider);
        using var limit = new CancellationTokenSource(options.Value.DownloadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await AskAsync(url, faults, save, either.Token);
        }
        catch (OutgoingRefusedException error)
        {
            LogRefused(logger, provider, HostOf(url), error.Refusal);
            return faults.Of(error.Refusal);
        }
        catch (VideoStreamException error)
        {
            return faults.Of(error);
        }
        catch (MediaStoreFullException)
        {
            return faults.Unavailable(StorageFull, "The disk has no room for the video.");
        }
        catch (MediaStoreUnavailableException error)
        {
            LogStoreAway(logger, error, provider);
            return faults.Unavailable(ProviderUnavailable, "The storage for the video cannot be reached.");
        }
        catch (Exception error) when (error is HttpRequestException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return faults.Unavailable(ProviderUnavailable, "The video could not be fetched.");
        }
    }

    private async Task<FetchOutcome?> AskAsync(
        string location, DownloadFaults faults, Func<VideoStream, CancellationToken, Task> save,
        CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(location, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            return faults.Suspect(ResultUnusable, "The provider named no address of the web for the video.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await clients.CreateClient(Client).SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.IsSuccessStatusCode
            ? await StoreAsync(response, faults, save, cancellationToken)
            : faults.Of(response, time.GetUtcNow());
    }

    private async Task<FetchOutcome?> StoreAsync(HttpResponseMessage response, DownloadFaults faults,
        Func<VideoStream, CancellationToken, Task> save, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > options.Value.MaxResultBytes)
        {
            throw new VideoStreamException(VideoFault.TooLarge, null);
        }

        using var content = await PackedContent.UnpackAsync(response.Content, cancellationToken);
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        var film = new VideoStream(body, options.Value.MaxResultBytes, options.Value.DownloadIdleTimeout, time);
        await film.CheckAsync(cancellationToken);
        await save(film, cancellationToken);
        return null;
    }

    private static string? HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host : null;

    [LoggerMessage(LogLevel.Warning, "A film of {Provider} could not be put into the media store")]
    private static partial void LogStoreAway(ILogger logger, Exception error, string? provider);

    [LoggerMessage(LogLevel.Warning, "A result of {Provider} at {Host} was not fetched, because of where it leads: {Refusal}")]
    private static partial void LogRefused(ILogger logger, string? provider, string? host, OutgoingRefusal refusal);
}
