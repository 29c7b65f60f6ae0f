using System.Text.RegularExpressions;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Downloads;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>
/// Downloads a finished video: from the server itself with its credential, or from an address that the job names, without it.
/// </summary>
internal sealed partial class VideoFetcher(VideoServer server, VideoDownload download)
{
    public async Task<FetchOutcome> FetchAsync(
        RenderRequest request, RenderPlan plan, RenderResult result, CancellationToken cancellationToken)
    {
        var fetched = await DownloadAsync(request, result.Location, cancellationToken);
        if (fetched is not FetchOutcome.Suspect { Error.ProviderStatus: 400 } || PathAtServer(result.Location) is not { } path)
        {
            return fetched;
        }

        // SGLang with cloud storage: {"detail":"Video has been uploaded to cloud storage. Please use the cloud URL: https://…"}
        return await server.AskAsync(path, plan, cancellationToken) is Exchange.Reply { Status: 400 } reply
            && AddressIn(reply) is { } address
            ? await DownloadAsync(request, address, cancellationToken)
            : fetched;
    }

    // Not on the grain's scheduler: a download takes minutes.
    private Task<FetchOutcome> DownloadAsync(RenderRequest request, string location, CancellationToken cancellationToken) =>
        Task.Run(
            () => PathAtServer(location) is { } path
                ? download.FetchFromAsync(server.Upstream, path, request.OriginalName, cancellationToken)
                : download.FetchAsync(location, request.OriginalName, server.Upstream.Name, cancellationToken),
            cancellationToken);

    /// <summary>The path below the root of the server; null for an address elsewhere, which does not get the token.</summary>
    private string? PathAtServer(string location)
    {
        var root = server.Upstream.Url!.AbsoluteUri.TrimEnd('/');
        return location.StartsWith('/') ? location
            : location.StartsWith(root + "/", StringComparison.OrdinalIgnoreCase) ? location[root.Length..]
            : null;
    }

    private static string? AddressIn(Exchange.Reply reply)
    {
        var error = reply.Json?.Get("error");
        var text = reply.Json?.Text("detail") ?? error?.Text("message") ?? reply.Json?.Text("error");
        return text is not null && Address().Match(text) is { Success: true, Value: var address }
            ? address.TrimEnd('.', ',')
            : null;
    }

    [GeneratedRegex("""https?://[^\s"'<>()]{1,8000}""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
