using Microsoft.AspNetCore.Http.Features;

namespace VideoGen.Api.Http;

internal static class BodyLimit
{
    /// <summary>
    /// Returns false, before any of the body is read, if the request declares a larger body. The server counts a body without a
    /// declared length while it is read, and throws if it is too large.
    /// </summary>
    public static bool Admit(HttpContext context, long bytes)
    {
        // No server limit for a declared length, which was checked here: beyond its limit the server resets the connection, and a
        // client that is still sending never sees the response. Without a limit it reads and drops the body for five seconds.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize =
            context.Request.ContentLength is null ? bytes : null;
        return context.Request.ContentLength is null || context.Request.ContentLength <= bytes;
    }
}
