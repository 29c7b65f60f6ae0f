using System.Net.Sockets;
using System.Text;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Growth;

/// <summary>
/// A connection that throws answers away as they come: what Redis takes for them is measured without a parser, a collector of
/// garbage or a thread pool that take their own time.
/// </summary>
internal sealed class PlainRedis : IDisposable
{
    private static readonly byte[] Marker = "*2\r\n$4\r\nECHO\r\n$8\r\nthat-all\r\n"u8.ToArray();
    private static readonly byte[] Marked = "$8\r\nthat-all\r\n"u8.ToArray();

    private readonly byte[] _buffer = new byte[1 << 20];
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public PlainRedis(RedisServer redis) => _socket.Connect("127.0.0.1", redis.Port);

    /// <summary>Sends a command and reads its answer to the end; returns how many bytes it had.</summary>
    public long Ask(params string[] command)
    {
        var text = new StringBuilder().Append($"*{command.Length}\r\n");
        foreach (var word in command)
        {
            text.Append($"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        _socket.Send([.. Encoding.UTF8.GetBytes(text.ToString()), .. Marker]);
        var (all, kept) = (0L, 0);
        while (true)
        {
            var read = _socket.Receive(_buffer.AsSpan(kept));
            all += read;
            var end = _buffer.AsSpan(0, kept + read);
            if (end.EndsWith(Marked))
            {
                return all - Marked.Length;
            }

            kept = Math.Min(Marked.Length, end.Length);
            end[^kept..].CopyTo(_buffer);
        }
    }

    public void Dispose() => _socket.Dispose();
}
