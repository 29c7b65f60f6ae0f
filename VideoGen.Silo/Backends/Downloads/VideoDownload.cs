using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;
using VideoGen.Silo.Outgoing;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.Downloads;

/// <summary>
/// Downloads a video into the media store, only if it is a video, and up to a maximum size. From an address that a provider
/// named: without a token, only over https, and only from public addresses at every redirect. The URL may be signed and is never
/// logged.
/// </summary>
internal sealed partial class VideoDownload(
    IHttpClientFactory clients, IMediaStore store, IOptions<HuggingFaceOptions> options, TimeProvider time,
    ILogger<VideoDownload> logger)
{
    public const string Client = "film-download";

    public Task<FetchOutcome> FetchAsync(string url, string name, string? provider, CancellationToken cancellationToken) =>
        SaveAsync(name, save => CopyAsync(url, provider, save, cancellationToken));

    /// <summary>
    /// Downloads from the server of an upstream, at its own address and with its credential. A redirect to another place is
    /// followed like an address that a provider named.
    /// </summary>
    public Task<FetchOutcome> FetchFromAsync(
        Upstream upstream, string path, string name, CancellationToken cancellationToken) =>
        SaveAsync(name, async save =>
        {
            string? elsewhere = null;
            var fault = await GuardAsync(upstream.Name, async (faults, cancel) =>
            {
                using var request = upstream.Request(HttpMethod.Get, path);
                request.Headers.Authorization = upstream.Authorization ?? request.Headers.Authorization;
                using var response = await clients.CreateClient(UpstreamClient.QueryClient).SendAsync(
                    request, HttpCompletionOption.ResponseHeadersRead, cancel);
                elsewhere = response.Headers.Location is { } location
                    ? new Uri(request.RequestUri!, location).AbsoluteUri
                    : null;
                return elsewhere is null ? await StoreAsync(response, faults, save, cancel) : null;
            }, cancellationToken);
            return elsewhere is null ? fault : await CopyAsync(elsewhere, upstream.Name, save, cancellationToken);
        });

    /// <summary>
    /// Downloads into whatever <paramref name="save"/> copies to; returns null on success, otherwise the failure.
    /// </summary>
    public Task<FetchOutcome?> CopyAsync(
        string url, string? provider, Func<VideoStream, CancellationToken, Task> save, CancellationToken cancellationToken) =>
        GuardAsync(provider, (faults, cancel) => AskAsync(url, faults, save, cancel), cancellationToken, HostOf(url));

    private async Task<FetchOutcome> SaveAsync(
        string name, Func<Func<VideoStream, CancellationToken, Task>, Task<FetchOutcome?>> copy)
    {
        StoredMedia? stored = null;
        var fault = await copy(async (video, cancel) =>
            stored = await store.SaveAsync(MediaKind.Original, name, video.CopyToAsync, cancel));
        return fault ?? new FetchOutcome.Stored(stored!);
    }

    private async Task<FetchOutcome?> GuardAsync(
        string? provider, Func<DownloadFaults, CancellationToken, Task<FetchOutcome?>> download,
        CancellationToken cancellationToken, string? host = null)
    {
        var faults = new DownloadFaults(provider);
        using var limit = new CancellationTokenSource(options.Value.DownloadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await download(faults, either.Token);
        }
        catch (OutgoingRefusedException error)
        {
            LogRefused(logger, provider, host, error.Refusal);
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
        return await StoreAsync(response, faults, save, cancellationToken);
    }

    private async Task<FetchOutcome?> StoreAsync(HttpResponseMessage response, DownloadFaults faults,
        Func<VideoStream, CancellationToken, Task> save, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            return faults.Of(response, time.GetUtcNow());
        }

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
