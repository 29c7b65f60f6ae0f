using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Outgoing;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.Downloads;

/// <summary>
/// Downloads a video from the address that a provider named into the media store: without a token, only over https, only from
/// public addresses at every redirect, only if it is a video, and up to a maximum size. The URL may be signed and is never
/// logged.
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

        async Task SaveAsync(VideoStream video, CancellationToken cancel) =>
            stored = await store.SaveAsync(MediaKind.Original, name, video.CopyToAsync, cancel);
    }

    /// <summary>
    /// Downloads into whatever <paramref name="save"/> copies to; returns null on success, otherwise the failure.
    /// </summary>
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
            return faults.Unavailable(StorageFull, "The server's disk is full.");
        }
        catch (MediaStoreUnavailableException error)
        {
            LogStoreAway(logger, error, provider);
            return faults.Unavailable(ProviderUnavailable, "The server's media store cannot be reached.");
        }
        catch (Exception error) when (error is HttpRequestException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return faults.Unavailable(ProviderUnavailable, "The video could not be downloaded.");
        }
    }

    private async Task<FetchOutcome?> AskAsync(
        string location, DownloadFaults faults, Func<VideoStream, CancellationToken, Task> save,
        CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(location, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            return faults.Suspect(ResultUnusable, "The provider did not return a valid address for the video.");
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
        var video = new VideoStream(body, options.Value.MaxResultBytes, options.Value.DownloadIdleTimeout, time);
        await video.CheckAsync(cancellationToken);
        await save(video, cancellationToken);
        return null;
    }

    private static string? HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host : null;

    [LoggerMessage(LogLevel.Warning, "A video from {Provider} could not be saved to the media store")]
    private static partial void LogStoreAway(ILogger logger, Exception error, string? provider);

    [LoggerMessage(LogLevel.Warning,
        "A result from {Provider} at {Host} was not downloaded because its address is not allowed: {Refusal}")]
    private static partial void LogRefused(ILogger logger, string? provider, string? host, OutgoingRefusal refusal);
}
