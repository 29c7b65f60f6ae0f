using Microsoft.Net.Http.Headers;

namespace VideoGen.Api.Edges;

/// <summary>
/// What every answer tells browsers. Pages say themselves what they may load and who may show them; everything else may load nothing
/// and be shown nowhere, whatever a client may have smuggled into it.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(
            static response =>
            {
                Complete(((HttpResponse)response).Headers);
                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    }

    private static void Complete(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Referrer-Policy", "no-referrer");
        if (headers.TryAdd(HeaderNames.ContentSecurityPolicy, Nothing))
        {
            headers.TryAdd(HeaderNames.XFrameOptions, "DENY");
        }
    }
}
