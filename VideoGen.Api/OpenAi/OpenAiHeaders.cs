using System.Diagnostics;

namespace VideoGen.Api.OpenAi;

/// <summary>Adds the headers that SDKs read to every response under <c>/v1</c>.</summary>
internal static class OpenAiHeaders
{
    private const string RequestId = "x-request-id";
    private const string ExposeHeaders = "Access-Control-Expose-Headers";

    public static bool IsDialect(HttpRequest request) => request.Path.StartsWithSegments("/v1");

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        if (IsDialect(context.Request))
        {
            var id = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            context.Response.OnStarting(() =>
            {
                Complete(context.Response.Headers, id);
                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    private static void Complete(IHeaderDictionary headers, string id)
    {
        headers[RequestId] = id;
        if (headers.ContainsKey(ExposeHeaders))
        {
            headers.AppendCommaSeparatedValues(ExposeHeaders, RequestId, "x-should-retry", "openai-poll-after-ms");
        }
    }
}
