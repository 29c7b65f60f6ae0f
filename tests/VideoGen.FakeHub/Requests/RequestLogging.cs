namespace VideoGen.FakeHub.Requests;

internal static class RequestLogging
{
    private static readonly object JobKey = new();
    private static readonly object LoggedKey = new();

    /// <summary>Logs a request just before its answer starts, so that whoever has the answer finds it in the log.</summary>
    public static void UseRequestLog(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/_control"))
            {
                await next(context);
                return;
            }

            context.Response.OnStarting(() =>
            {
                context.Log(context.Response.StatusCode);
                return Task.CompletedTask;
            });
            await next(context);
        });
    }

    /// <summary>Cuts the connection instead of an answer, and logs the request without a status first.</summary>
    public static void HangUp(this HttpContext context)
    {
        context.Log(null);
        context.Abort();
    }

    /// <summary>Puts the job into the line of this request.</summary>
    public static void Concerns(this HttpContext context, string jobId) => context.Items[JobKey] = jobId;

    public static string? JobId(this HttpContext context) => context.Items[JobKey] as string;

    private static void Log(this HttpContext context, int? status)
    {
        // Kestrel starts the answer of a connection that was cut, too.
        if (context.Items.TryAdd(LoggedKey, true))
        {
            context.RequestServices.GetRequiredService<RequestLog>().Add(context, status);
        }
    }
}
