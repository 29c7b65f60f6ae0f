using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace VideoGen.Api.Uploads;

/// <summary>The minimum data rate of uploads: a client that sends a byte per second must not hold a connection.</summary>
internal static class UploadRate
{
    private static readonly MinDataRate Min = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>
    /// Over HTTP/2 many requests share a connection, whose rate Kestrel measures as a whole. Setting a rate there throws.
    /// </summary>
    public static void Require(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol))
        {
            context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = Min;
        }
    }
}
