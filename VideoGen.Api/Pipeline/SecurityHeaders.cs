using Microsoft.Net.Http.Headers;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// Adds security headers to every response. Pages set their own policy. All other responses may load nothing and must not be
/// framed, whatever content a client may have injected.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, CrossOrigin origins)
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(CompleteAsync, context.Response.Headers);
        return next(context);
    }

    private Task CompleteAsync(object state)
    {
        var headers = (IHeaderDictionary)state;
        origins.AddVary(headers);
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Referrer-Policy", "no-referrer");
        if (headers.TryAdd(HeaderNames.ContentSecurityPolicy, Nothing))
        {
            headers.TryAdd(HeaderNames.XFrameOptions, "DENY");
        }

        return Task.CompletedTask;
    }
}
