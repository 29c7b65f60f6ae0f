using VideoGen.Api.Authentication;

namespace VideoGen.Api.Events;

/// <summary>
/// A response that stays open and sends events until there are no more, the client disconnects, or the server stops. It holds its
/// <see cref="Subscriptions.StreamLimiter"/> lease until then.
/// </summary>
internal sealed class EventStream(IDisposable lease, Func<EventWriter, CancellationToken, Task> send) : IResult
{
    public const string ContentType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ownLease = lease;
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted, stopping, httpContext.Caller().Ended);
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";    // otherwise nginx buffers events
        try
        {
            var writer = new EventWriter(response.BodyWriter);
            await writer.BeginAsync(end.Token);
            await send(writer, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client disconnected, its key was revoked, it needs a key now, or the server is stopping. It reconnects with the
            // last event id.
        }
    }
}

/// <summary>Documents event streams.</summary>
internal static class EventStreamMetadata
{
    /// <summary>The data of the events is a <typeparamref name="T"/>.</summary>
    public static RouteHandlerBuilder ProducesEvents<T>(this RouteHandlerBuilder route) =>
        route.Produces<T>(StatusCodes.Status200OK, EventStream.ContentType);
}
