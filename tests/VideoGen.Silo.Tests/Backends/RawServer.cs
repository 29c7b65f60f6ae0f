using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VideoGen.Silo.Tests.Backends;

/// <summary>
/// A socket on this machine that answers each request with a text, whole or not. Without a text, or behind one that is only a
/// part, it closes the connection.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public RawServer(string address = "127.0.0.1")
    {
        _listener = new TcpListener(IPAddress.Parse(address), 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public string Url => $"http://{_listener.LocalEndpoint}";

    /// <summary>How many connections came, whatever was said on them.</summary>
    public int Connections => _connections.Count;

    /// <summary>The requests as they came, with the number of their connection.</summary>
    public ConcurrentQueue<(int Connection, string Text)> Requests { get; } = new();

    public Func<string, Task<string?>> Answer { get; set; } = _ => Task.FromResult<string?>(null);

    public static string Ok(string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _accepting;    // before the listener ends, so that there is one way in which accepting ends
        _listener.Stop();
        await Task.WhenAll(_connections);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), _connections.Count));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using var owned = client;
        await using var stream = client.GetStream();
        try
        {
            while (await ReadRequestAsync(stream) is { } request)
            {
                Requests.Enqueue((number, request));
                if (await Answer(request).WaitAsync(_stop.Token) is not { } text)
                {
                    return;
                }

                await stream.WriteAsync(Encoding.Latin1.GetBytes(text), _stop.Token);
                if (text.Contains("Content-Length: 9999", StringComparison.Ordinal))
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
        }
    }

    private async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").Where(
            line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line.Split(' ')[1], null)).FirstOrDefault();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return head + Encoding.UTF8.GetString(body);
    }
}
