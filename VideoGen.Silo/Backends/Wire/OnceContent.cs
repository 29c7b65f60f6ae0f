using System.Net;
using System.Net.Http.Headers;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>
/// A JSON body that remembers whether it began to go out, and refuses to go out twice. A handler may repeat a request whose
/// connection broke; for an order that costs money only we may decide that.
/// </summary>
internal sealed class OnceContent : HttpContent
{
    // Exactly this: a charset makes dedicated endpoints answer 400.
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly ReadOnlyMemory<byte> _body;
    private int _started;

    public OnceContent(ReadOnlyMemory<byte> body, MediaTypeHeaderValue? type = null)
    {
        _body = body;
        Headers.ContentType = type ?? Json;
    }

    public bool Started => Volatile.Read(ref _started) == 1;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) == 1)
        {
            throw new IOException("The connection broke after the order began to go out; it is not sent twice.");
        }

        await stream.WriteAsync(_body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
