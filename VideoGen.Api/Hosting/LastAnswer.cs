using Microsoft.AspNetCore.Http.Features;

namespace VideoGen.Api.Hosting;

/// <summary>
/// Says so when a connection ends with this answer. What is left of a body that was too large or too slow is read no further, and a
/// client that is not told sends its next request into a connection that is about to close: it gets no answer to that.
/// </summary>
internal static class LastAnswer
{
    public static Task AnnounceAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol))    // RFC 9113 §8.2.2: no such header there
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

    /// <summary>What nobody reads is skipped up to the limit only; how long a chunked body is, nobody can tell.</summary>
    private static bool IsTooLargeToSkip(HttpContext context) =>
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } limit
        && (context.Request.ContentLength > limit
            || (context.Request.ContentLength is null && context.Request.Headers.TransferEncoding.Count > 0
                && context.Response.StatusCode >= StatusCodes.Status400BadRequest));
}
