using Microsoft.AspNetCore.Http.Features;

namespace VideoGen.Api.Http;

internal static class BodyLimit
{
    /// <summary>
    /// False when the request declares a larger body, before any of it is read. A body without a declared length is counted by
    /// the server while it is read, which then throws.
    /// </summary>
    public static bool Admit(HttpContext context, long bytes)
    {
        // No limit for a declared length that was checked here: above its limit the server resets the connection, and a client
        // that is still sending never sees the answer. Without one it reads on for five seconds into nothing.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize =
            context.Request.ContentLength is null ? bytes : null;
        return context.Request.ContentLength is null || context.Request.ContentLength <= bytes;
    }
}
