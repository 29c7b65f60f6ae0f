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
        if (response.StatusCode is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout)
        {
            response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }
}
