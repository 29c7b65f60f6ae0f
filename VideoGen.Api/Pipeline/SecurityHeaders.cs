using Microsoft.Net.Http.Headers;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// What every answer tells browsers. Pages say themselves what they may load and who may show them; everything else may load nothing
/// and be shown nowhere, whatever a client may have smuggled into it.
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
        origins.Tell(headers);
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Referrer-Policy", "no-referrer");
        if (headers.TryAdd(HeaderNames.ContentSecurityPolicy, Nothing))
        {
            headers.TryAdd(HeaderNames.XFrameOptions, "DENY");
        }

        return Task.CompletedTask;
    }
}
