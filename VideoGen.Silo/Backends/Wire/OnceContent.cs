using System.Net;
using System.Net.Http.Headers;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>
/// A JSON body that remembers whether sending it began, and refuses to be sent twice. A handler may repeat a request after a
/// broken connection; for a submit that costs money, only we may decide that.
/// </summary>
internal sealed class OnceContent : HttpContent
{
    // No charset: with one, dedicated endpoints answer 400.
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
            throw new IOException("The connection broke while the request was being sent. It is not sent twice.");
        }

        await stream.WriteAsync(_body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
