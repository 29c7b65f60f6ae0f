using Microsoft.AspNetCore.Http.Features;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// Routes HEAD as GET and answers with the same headers and no content (RFC 9110 §9.3.2). An endless response, such as an event
/// stream, ends after its headers.
/// </summary>
internal static class HeadRequests
{
    /// <summary>Call this before every middleware that uses the route.</summary>
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
            // The headers are complete, and HEAD needs nothing else.
        }
        finally
        {
            context.Features.Set(server);
            context.RequestAborted = client;
        }
    }

    /// <summary>Marks a HEAD request while it is routed as GET.</summary>
    private sealed class Routed
    {
        public static Routed AsGet { get; } = new();
    }
}
