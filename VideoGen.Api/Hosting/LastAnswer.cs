using Microsoft.AspNetCore.Http.Features;

namespace VideoGen.Api.Hosting;

/// <summary>
/// Adds <c>Connection: close</c> to the last response of a connection. After a body that is too large or too slow, the server
/// reads no further and closes. A client that is not told would send its next request into the closing connection and get no
/// response.
/// </summary>
internal static class LastAnswer
{
    public static Task AnnounceAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol))    // RFC 9113 §8.2.2: HTTP/2 has no such header
        {
            context.Response.OnStarting(Announce, context.Response);
        }

        return next(context);
    }

    private static Task Announce(object state)
    {
        var response = (HttpResponse)state;
        if (response.StatusCode is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout
            || IsTooLargeToSkip(response.HttpContext))
        {
            response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }

    /// <summary>The server skips an unread body only up to the limit, and the length of a chunked body is unknown.</summary>
    private static bool IsTooLargeToSkip(HttpContext context) =>
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } limit
        && (context.Request.ContentLength > limit
            || (context.Request.ContentLength is null && context.Request.Headers.TransferEncoding.Count > 0
                && context.Response.StatusCode >= StatusCodes.Status400BadRequest));
}
