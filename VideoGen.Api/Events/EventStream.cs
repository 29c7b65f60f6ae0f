using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;

namespace VideoGen.Api.Events;

/// <summary>
/// A response that stays open and tells one event after the other, until there is no more to tell, the client goes, or the server
/// stops. It keeps its place in the gate so long.
/// </summary>
internal sealed class EventStream(IDisposable place, Func<EventWriter, CancellationToken, Task> tell)
    : IResult, IEndpointMetadataProvider
{
    private const string ContentType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var held = place;
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted, stopping, httpContext.Caller().Ended);
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";    // nginx would hold events back
        try
        {
            var writer = new EventWriter(response.BodyWriter);
            await writer.BeginAsync(end.Token);
            await tell(writer, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client has gone, its key was revoked, it needs one now, or the server stops: it comes back with the id of the last event.
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(
        new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(GenerationResource), [ContentType]));
}
