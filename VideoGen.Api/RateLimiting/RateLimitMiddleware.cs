using VideoGen.Api.Authentication;
using VideoGen.Api.Http;

namespace VideoGen.Api.RateLimiting;

/// <summary>Lets a request through when the limits on its owner and its address allow what it costs, and holds its place so long.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, LocalLimits limits)
{
    private const string Prefer = "Prefer";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.CostOf() is not { } cost)
        {
            await next(context);
            return;
        }

        var taken = new List<IDisposable>(3);
        try
        {
            if (cost is not RequestCost.Read && limits.Take(context, cost, context.Caller().Owner, taken) is { } refusal)
            {
                BodyLimit.Admit(context, 0);    // what is still being sent is nobody's concern
                await Problem.LimitReached(context.Response, refusal).ExecuteAsync(context);
                return;
            }

            if (cost is RequestCost.Read or RequestCost.Submit)
            {
                TakeWait(context, taken);
            }

            await next(context);
        }
        finally
        {
            GiveBack(taken);
        }
    }

    /// <summary>Waiting costs what watching does. A preference is no demand: who may not wait is answered at once.</summary>
    private void TakeWait(HttpContext context, List<IDisposable> taken)
    {
        if (PreferWait.SecondsIn(context.Request.Headers[Prefer]) is null)
        {
            return;
        }

        var places = new List<IDisposable>(2);
        if (limits.Take(context, RequestCost.Stream, context.Caller().Owner, places) is null)
        {
            taken.AddRange(places);
            return;
        }

        GiveBack(places);
        context.Request.Headers.Remove(Prefer);
    }

    private static void GiveBack(List<IDisposable> places) => places.ForEach(place => place.Dispose());
}
