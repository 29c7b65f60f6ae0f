using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Mcp;

/// <summary>
/// Receives the messages of agents. A message can contain a picture, so it is buffered as an upload is, and within the same
/// limits, before the protocol's server reads it.
/// </summary>
internal sealed class McpEndpoint(
    McpOrigins origins, LocalLimits limits, UploadLimiter limiter, IOptions<UploadOptions> options, IMediaStore media,
    IStorageHeadroom headroom)
{
    /// <summary>The maximum size of a message: a picture in base64, with the signs of it that some programs escape.</summary>
    private long MaxMessage => (options.Value.MaxUploadBytes * 3L / 2) + UploadForm.EnvelopeBytes;

    public async Task ServeAsync(HttpContext context, RequestDelegate serve)
    {
        if (!origins.Admits(context.Request))
        {
            await Problem.OriginRefused().ExecuteAsync(context);
            return;
        }

        if (!BodyLimit.Admit(context, MaxMessage))
        {
            await Problem.BodyTooLarge(MaxMessage).ExecuteAsync(context);
            return;
        }

        using var lease = new PictureLease(limiter);
        await using var buffer = new UploadBuffer(media, headroom);
        if (await AdmitAsync(context, buffer, lease) is { } refused)
        {
            await refused.ExecuteAsync(context);
            return;
        }

        var message = await buffer.ReadAsync(context.RequestAborted);
        McpSession.Begin(context, message.Span);
        context.Features.Set(lease);
        MemoryMarshal.TryGetArray<byte>(message, out var array);
        context.Request.Body = new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
        try
        {
            await serve(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && IsOfMessage(exception, message.Span))
        {
            await Problem.MalformedRequest("The message does not have the form of its method.").ExecuteAsync(context);
        }
    }

    /// <summary>
    /// Whether an exception means that the message cannot be read. The SDK reads the content of <c>initialize</c>, and does
    /// nothing else for it, outside its own error handling: a repeated member causes an <see cref="ArgumentException"/>, and an
    /// unpaired surrogate an <see cref="InvalidOperationException"/>.
    /// </summary>
    private static bool IsOfMessage(Exception exception, ReadOnlySpan<byte> message) => exception is JsonException
        || (exception is ArgumentException or InvalidOperationException && McpSession.IsInitialize(message));

    /// <summary>A message that can contain a picture counts as an upload while it arrives.</summary>
    private async Task<IResult?> AdmitAsync(HttpContext context, UploadBuffer buffer, PictureLease lease)
    {
        var taken = new List<IDisposable>(3);
        try
        {
            return context.Request.ContentLength is not <= UploadBuffer.InMemory
                && limits.Take(context, RequestCost.Upload, context.Caller().Owner, taken) is { } limit
                ? Problem.LimitReached(context.Response, limit)
                : await ReceiveAsync(context, buffer, lease);
        }
        finally
        {
            taken.ForEach(permit => permit.Dispose());
        }
    }

    private async Task<IResult?> ReceiveAsync(HttpContext context, UploadBuffer buffer, PictureLease lease)
    {
        using var arriving = limiter.Arrive();
        if (!arriving.IsAcquired)
        {
            return Problem.UploadsBusy(context.Response);
        }

        UploadRate.Require(context);
        var outcome = await UploadForm.CopyAsync(context.Request.Body, MaxMessage, buffer, context.RequestAborted);
        return outcome is FormOutcome.TooLarge ? Problem.BodyTooLarge(MaxMessage)
            : buffer.Length > UploadBuffer.InMemory && !await lease.EnterAsync(buffer.Length, context.RequestAborted)
            ? Problem.UploadsBusy(context.Response)
            : null;
    }
}
