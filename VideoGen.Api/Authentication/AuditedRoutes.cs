namespace VideoGen.Api.Authentication;

/// <summary>What a route answers with that made something new: the audit names it.</summary>
internal interface IAuditedResource
{
    /// <summary>The id of what was made.</summary>
    string Id { get; }
}

/// <summary>Puts a route under audit, whatever its handler answers.</summary>
internal static class AuditedRoutes
{
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder route, string act) => route.AddEndpointFilter(
        async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            var audit = context.RequestServices.GetRequiredService<Audit>();
            object? answer;
            try
            {
                answer = await next(invocation);
            }
            catch
            {
                audit.Did(context, act, "failed", IdOf(context, null));    // or done, and only the answer was lost
                throw;
            }

            var result = answer is INestedHttpResult nested ? nested.Result : answer;
            audit.Did(context, act, OutcomeOf(context, result), IdOf(context, result));
            return answer;
        });

    /// <summary>The new generation where one was made, else the one that was asked for.</summary>
    private static string? IdOf(HttpContext context, object? result) =>
        result is IValueHttpResult { Value: IAuditedResource resource } ? resource.Id
        : Guid.TryParseExact(context.Request.RouteValues["id"] as string, "D", out var id) ? id.ToString()
        : null;    // nothing that a client made up gets into the log

    private static string OutcomeOf(HttpContext context, object? result) => (result as IStatusCodeHttpResult)?.StatusCode switch
    {
        StatusCodes.Status404NotFound => "not_found",
        >= 500 => "failed",
        >= 400 => "refused",
        _ => context.Response.Headers.ContainsKey("Idempotency-Replayed") ? "replayed" : "done",
    };
}
