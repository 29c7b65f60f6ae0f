using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Downloads;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.Endpoint;

/// <summary>One call to the endpoint, from the request to the video file.</summary>
internal sealed class EndpointCall(
    IHttpClientFactory clients, VideoDownload download, IOptions<HuggingFaceOptions> options, TimeProvider time)
{
    public const string Client = "endpoint";

    // A ten-second video has a few megabytes. A base64 response longer than this is not worth the memory.
    private const int LongestJson = 64 * 1024 * 1024;

    public async Task<LocalRenderResult> RenderAsync(
        Upstream upstream, EndpointRequest body, ScratchFile target, CancellationToken cancellationToken)
    {
        var verdict = new EndpointVerdict(upstream);
        using var limit = new CancellationTokenSource(options.Value.EndpointTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await CallAsync(upstream, verdict, body, target, either.Token);
        }
        catch (VideoStreamException error)
        {
            return verdict.Of(error.Fault);
        }
        catch (InvalidDataException)
        {
            // The JSON was compressed and cannot be decompressed.
            return verdict.Of(VideoFault.NotAVideo);
        }
        catch (Exception error) when (DiskFull.Caused(error))
        {
            throw new MediaStoreFullException(error);
        }
        catch (HttpRequestException error)
        {
            return verdict.Of(error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return verdict.TooSlow(options.Value.EndpointTimeout);
        }
    }

    private async Task<LocalRenderResult> CallAsync(
        Upstream upstream, EndpointVerdict verdict, EndpointRequest body, ScratchFile target, CancellationToken cancellationToken)
    {
        var endpoint = upstream.Url!;

        // Never in plain text over a network; a self-hosted server there needs no Hugging Face token.
        var token = endpoint.Scheme == Uri.UriSchemeHttps || endpoint.IsLoopback ? upstream.Tokens.Current : null;
        using var request = body.ToRequest(endpoint);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token.Value);
        foreach (var (name, value) in upstream.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.Add(name, value);
        }

        using var response = await clients.CreateClient(Client).SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return verdict.Of(await ReplyReader.ReadAsync(response, token, cancellationToken), time.GetUtcNow());
        }

        using var content = await PackedContent.UnpackAsync(response.Content, cancellationToken);
        return content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true
            ? await FromJsonAsync(upstream, verdict, content, target, cancellationToken)
            : await FromBytesAsync(await content.ReadAsStreamAsync(cancellationToken), target, cancellationToken);
    }

    private async Task<LocalRenderResult> FromJsonAsync(
        Upstream upstream, EndpointVerdict verdict, HttpContent content, ScratchFile target, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(LongestJson, cancellationToken);
        switch (EndpointAnswer.Read(await content.ReadAsStreamAsync(cancellationToken)))
        {
            case { Video: { } video }:
                return await FromBytesAsync(new MemoryStream(video), target, cancellationToken);
            case { Url: { } url }:
                var fault = await download.CopyAsync(
                    url, upstream.Name, (stream, cancel) => CopyAsync(stream, target, cancel), cancellationToken);
                return verdict.Of(fault);
            default:
                return verdict.Of(VideoFault.NotAVideo);
        }
    }

    private async Task<LocalRenderResult> FromBytesAsync(Stream body, ScratchFile target, CancellationToken cancellationToken)
    {
        await using var source = body;
        var video = new VideoStream(source, options.Value.MaxResultBytes, options.Value.DownloadIdleTimeout, time);
        await video.CheckAsync(cancellationToken);
        await CopyAsync(video, target, cancellationToken);
        return new LocalRenderResult.Rendered();
    }

    private static async Task CopyAsync(VideoStream video, ScratchFile target, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            target.Path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        await video.CopyToAsync(file, cancellationToken);
    }
}
