using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VideoGen.LoadTest.Driving;

/// <summary>
/// One HTTP/1.1 connection with one request at a time. <see cref="HttpClient"/> costs several times what a status read costs the
/// server, on the cores that the server is measured on.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private const int MaxAnswer = 4 * 1024 * 1024;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];
    private int _filled;

    public static async Task<RawConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, address.Port, cancellationToken);
        return connection;
    }

    public async ValueTask<RawAnswer> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += await _socket.SendAsync(request[sent..], cancellationToken);
        }

        _filled = 0;
        var head = -1;
        while (head < 0)
        {
            await ReceiveAsync(cancellationToken);
            head = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
        }

        var body = head + 4;
        var status = int.Parse(_buffer.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var headers = Encoding.ASCII.GetString(_buffer, 0, body);
        if (status == 304 || status == 204)
        {
            return new(status, default);
        }

        if (Length(headers) is { } length)
        {
            while (_filled < body + length)
            {
                await ReceiveAsync(cancellationToken);
            }
        }
        else
        {
            for (var next = body; next >= 0;)
            {
                next = await SkipChunkAsync(next, cancellationToken);
            }
        }

        return new(status, _buffer.AsMemory(body, _filled - body));
    }

    public void Dispose() => _socket.Dispose();

    private static int? Length(string headers)
    {
        const string Name = "\r\nContent-Length: ";
        var at = headers.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var value = headers.AsSpan(at + Name.Length);
        return int.Parse(value[..value.IndexOf('\r')], CultureInfo.InvariantCulture);
    }

    /// <summary>Where the next chunk begins; negative behind the last one.</summary>
    private async ValueTask<int> SkipChunkAsync(int at, CancellationToken cancellationToken)
    {
        int lineEnd;
        while ((lineEnd = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0)
        {
            await ReceiveAsync(cancellationToken);
        }

        var size = int.Parse(_buffer.AsSpan(at, lineEnd), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var end = at + lineEnd + 2 + size + 2;
        while (_filled < end)
        {
            await ReceiveAsync(cancellationToken);
        }

        return size == 0 ? -1 : end;
    }

    private async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length < MaxAnswer ? _buffer.Length * 2
                : throw new InvalidDataException("The answer is too long."));
        }

        var received = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken);
        _filled += received > 0 ? received : throw new IOException("The server closed the connection.");
    }
}
