using Microsoft.Extensions.Options;
using VideoGen.Api.Authentication;
using VideoGen.Api.Pipeline;

namespace VideoGen.Api.Mcp;

/// <summary>
/// Which pages may speak to the server, as the protocol demands (transports, security warning): without keys, a page of another
/// site could otherwise create videos from the browser of somebody who runs this server, by DNS rebinding. Programs send no
/// origin.
/// </summary>
internal sealed class McpOrigins(CurrentKeys keys, IOptions<PipelineOptions> options)
{
    public bool Admits(HttpRequest request) =>
        request.Headers.Origin.Count == 0
        || (request.Headers.Origin is [{ Length: > 0 } origin] && Admits(origin));

    private bool Admits(string origin) => options.Value.AllowsAnyone
        ? keys.Ring is not null || (Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.IsLoopback)
        : options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
