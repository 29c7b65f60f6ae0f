using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using VideoGen.Api.Http;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// What the web server takes from one connection. The pace of an answer is only watched while the client does not take it, so that
/// an event stream with nothing to say is not cut.
/// </summary>
internal sealed class ConnectionLimits(IOptions<PipelineOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions kestrel)
    {
        var edge = options.Value;
        var pace = new MinDataRate(edge.MinBytesPerSecond, edge.Grace);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = JsonBody.MaxBytes;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = edge.HeadersTimeout;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);    // longer than the 60 s of common proxies, which then close first
        kestrel.Limits.MinRequestBodyDataRate = pace;
        kestrel.Limits.MinResponseDataRate = pace;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 100;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }
}
