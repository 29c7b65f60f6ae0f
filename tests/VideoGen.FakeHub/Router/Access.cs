namespace VideoGen.FakeHub.Router;

/// <summary>
/// Who may call. Every token is good, except three: <c>hf_invalid</c> is unknown, <c>hf_readonly</c> lacks the permission to
/// call providers, and the account of <c>hf_broke</c> has no credit.
/// </summary>
internal static class Access
{
    public const string Invalid = "hf_invalid";

    /// <summary>The token of the request, or null.</summary>
    public static string? TokenOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString().Split(' ') is ["Bearer" or "Key", { Length: > 0 } token] ? token : null;

    /// <summary>Gives every answer the request id that all of Hugging Face gives.</summary>
    public static ValueTask<object?> NumberAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers["x-request-id"] = $"Root=1-{Guid.NewGuid():N}";
        return next(context);
    }

    public static async ValueTask<object?> RequireTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return TokenOf(http) switch
        {
            null or Invalid => Refusals.For(401, ""),
            "hf_broke" when HttpMethods.IsPost(http.Request.Method) => Refusals.For(402, ""),
            "hf_readonly" => Refusals.For(403, ""),
            _ => await next(context),
        };
    }
}
