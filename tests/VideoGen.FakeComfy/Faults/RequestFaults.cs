using VideoGen.FakeComfy.Lives;
using VideoGen.FakeComfy.Prompts;

namespace VideoGen.FakeComfy.Faults;

/// <summary>The faults that strike requests of any kind, before or after they have their effect.</summary>
internal static class RequestFaults
{
    private const string Control = "/control";
    private const string Page = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
        + "<hr><center>nginx/1.27.0</center>\r\n</body>\r\n</html>\r\n";

    public static void UseRequestFaults(this WebApplication app) => app.Use(HandleAsync);

    /// <summary>The page that a proxy answers with.</summary>
    public static async Task AnswerAsProxyAsync(HttpContext context, int status)
    {
        var title = status switch { 401 => "401 Authorization Required", 403 => "403 Forbidden", _ => "502 Bad Gateway" };
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        if (status == 401)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"ComfyUI\"";
        }

        await context.Response.WriteAsync(Page.Replace("{0}", title), context.RequestAborted);
    }

    private static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var life = context.RequestServices.GetRequiredService<Life>();
        if (life.IsDead)
        {
            context.Abort();
            return;
        }

        var faults = life.State.Faults;
        if (context.Request.Path.StartsWithSegments(Control) || !faults.Has(FaultKind.DropRequest, FaultKind.Forbidden))
        {
            await next(context);
            return;
        }

        var body = await GraphIndex.ReadBodyAsync(context);
        var isSubmit = HttpMethods.IsPost(context.Request.Method) && context.Request.Path.Value is "/prompt" or "/api/prompt";
        var taken = faults.Take(FaultKind.DropRequest, FaultKind.Forbidden, rule =>
            (rule.Path is not null || !isSubmit || rule.Fault > FaultKind.DropAnswer)
            && life.State.Graphs.Fits(rule, context, body));
        switch (taken is [var rule, ..] ? rule.Fault : (FaultKind?)null)
        {
            case null:
                await next(context);
                break;
            case FaultKind.DropRequest:
                context.Abort();
                break;
            case FaultKind.DropAnswer:
                context.Response.Body = Stream.Null;
                await next(context);
                context.Abort();
                break;
            case FaultKind.BadGateway:
                await AnswerAsProxyAsync(context, StatusCodes.Status502BadGateway);
                break;
            case FaultKind.Unauthorized:
                await AnswerAsProxyAsync(context, StatusCodes.Status401Unauthorized);
                break;
            default:
                await AnswerAsProxyAsync(context, StatusCodes.Status403Forbidden);
                break;
        }
    }
}
