using Microsoft.AspNetCore.Http.Features;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// HEAD finds every route that GET finds, and is answered with the same headers (RFC 9110 §9.3.2) and without content.
/// What would never end, as an event stream, ends when its headers are written.
/// </summary>
internal static class HeadRequests
{
    /// <summary>Must come before everything that looks at the route.</summary>
    public static void UseRoutingOfHead(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Request.Method = HttpMethods.Get;
                context.Features.Set(Routed.AsGet);
            }

            return next(context);
        });
        app.UseRouting();
        app.Use((context, next) => context.Features.Get<Routed>() is null ? next(context) : AnswerAsync(context, next));
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.Method = HttpMethods.Head;
        var client = context.RequestAborted;
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(client);
        context.RequestAborted = answered.Token;
        var server = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new HeadBody(server, answered.CancelAsync));
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.Response.HasStarted && !client.IsCancellationRequested)
        {
            // All that is asked for has been said.
        }
        finally
        {
            context.Features.Set(server);
            context.RequestAborted = client;
        }
    }

    /// <summary>Marks a HEAD while it is routed; a request without it costs nothing.</summary>
    private sealed class Routed
    {
        public static Routed AsGet { get; } = new();
    }
}
