namespace VideoGen.Api.Authentication;

/// <summary>The response of a route that created something. The audit records its id.</summary>
internal interface IAuditedResource
{
    /// <summary>The id of the created resource.</summary>
    string Id { get; }
}

/// <summary>Adds auditing to routes.</summary>
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
                // The action may have succeeded and only the response was lost.
                audit.Did(context, act, "failed", IdOf(context, null));
                throw;
            }

            var result = answer is INestedHttpResult nested ? nested.Result : answer;
            audit.Did(context, act, OutcomeOf(context, result), IdOf(context, result));
            return answer;
        });

    /// <summary>The id of the created generation, or else the id in the route.</summary>
    private static string? IdOf(HttpContext context, object? result) =>
        result is IValueHttpResult { Value: IAuditedResource resource } ? resource.Id
        : Guid.TryParseExact(context.Request.RouteValues["id"] as string, "D", out var id) ? id.ToString()
        : null;    // never log an id that a client made up

    private static string OutcomeOf(HttpContext context, object? result) => (result as IStatusCodeHttpResult)?.StatusCode switch
    {
        StatusCodes.Status404NotFound => "not_found",
        >= 500 => "failed",
        >= 400 => "refused",
        _ => context.Response.Headers.ContainsKey("Idempotency-Replayed") ? "replayed" : "done",
    };
}
