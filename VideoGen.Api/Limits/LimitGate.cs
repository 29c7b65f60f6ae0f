using VideoGen.Api.Access;
using VideoGen.Api.Hosting;
using VideoGen.Api.Live;
using VideoGen.Api.Problems;

namespace VideoGen.Api.Limits;

/// <summary>Lets a request through when the limits on its owner and its address allow what it costs, and holds its place so long.</summary>
internal sealed class LimitGate(RequestDelegate next, LocalLimits limits)
{
    private const string Prefer = "Prefer";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.CostOf() is not { } cost || (cost is Cost.Read && PreferWait.SecondsIn(context.Request.Headers[Prefer]) is null))
        {
            await next(context);
            return;
        }

        var taken = new List<IDisposable>(2);
        try
        {
            if (limits.Take(context, cost, context.Caller().Owner, taken) is not { } refusal)
            {
                await next(context);
            }
            else if (cost is Cost.Read)
            {
                context.Request.Headers.Remove(Prefer);    // a preference is no demand: it is answered at once
                await next(context);
            }
            else
            {
                BodyLimit.Admit(context, 0);    // what is still being sent is nobody's concern
                await Problem.LimitReached(context.Response, refusal).ExecuteAsync(context);
            }
        }
        finally
        {
            taken.ForEach(place => place.Dispose());
        }
    }
}
