using VideoGen.Api.Authentication;
using VideoGen.Api.Http;

namespace VideoGen.Api.RateLimiting;

/// <summary>Applies the limits of the owner and the address to a request, and holds its permits until it ends.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, LocalLimits limits)
{
    private const string Prefer = "Prefer";

    public async Task InvokeAsync(HttpContext context)
    {
        var costs = context.CostsOf();
        if (costs.Count == 0)
        {
            await next(context);
            return;
        }

        var taken = new List<IDisposable>(3);
        try
        {
            foreach (var cost in costs.Where(cost => cost is not RequestCost.Read))
            {
                if (limits.Take(context, cost, context.Caller().Owner, taken) is { } refusal)
                {
                    BodyLimit.Admit(context, 0);    // the rest of the body is not needed
                    await Problem.LimitReached(context.Response, refusal).ExecuteAsync(context);
                    return;
                }
            }

            if (costs.Any(cost => cost is RequestCost.Read or RequestCost.Submit))
            {
                TakeWait(context, taken);
            }

            await next(context);
        }
        finally
        {
            Return(taken);
        }
    }

    /// <summary>
    /// Waiting costs as much as an event stream. Prefer is not a demand: if the limit is exceeded, the response is immediate.
    /// </summary>
    private void TakeWait(HttpContext context, List<IDisposable> taken)
    {
        if (PreferWait.SecondsIn(context.Request.Headers[Prefer]) is null)
        {
            return;
        }

        var permits = new List<IDisposable>(2);
        if (limits.Take(context, RequestCost.Stream, context.Caller().Owner, permits) is null)
        {
            taken.AddRange(permits);
            return;
        }

        Return(permits);
        context.Request.Headers.Remove(Prefer);
    }

    private static void Return(List<IDisposable> permits) => permits.ForEach(permit => permit.Dispose());
}
