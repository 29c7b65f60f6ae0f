using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using VideoGen.Api.Http;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// The limits of one connection. The response data rate is measured only while data waits for the client, so an idle event stream
/// is not cut.
/// </summary>
internal sealed class ConnectionLimits(IOptions<PipelineOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions kestrel)
    {
        var pipeline = options.Value;
        var minDataRate = new MinDataRate(pipeline.MinBytesPerSecond, pipeline.Grace);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = JsonBody.MaxBytes;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = pipeline.HeadersTimeout;
        // Longer than the 60 s of common proxies, so that they close first.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        kestrel.Limits.MinRequestBodyDataRate = minDataRate;
        kestrel.Limits.MinResponseDataRate = minDataRate;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 100;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }
}
