using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace VideoGen.FakeComfy.Sockets;

/// <summary>The websockets by client id. A second one with an id replaces the first, which stays open and silent.</summary>
internal sealed class SocketHub
{
    private const int MostSockets = 1_000;
    private const int MostWaiting = 10_000;

    private readonly ConcurrentDictionary<string, Channel<byte[]>> _clients = [];

    /// <summary>Sends to the client that posted a prompt, if it listens.</summary>
    public void Send(string? client, string type, object data)
    {
        if (client is not null && _clients.TryGetValue(client, out var channel))
        {
            channel.Writer.TryWrite(Write(type, data));
        }
    }

    /// <summary>Sends everybody how long the queue is.</summary>
    public void SendStatus(int remaining)
    {
        var message = Write("status", Status(remaining));
        foreach (var channel in _clients.Values)
        {
            channel.Writer.TryWrite(message);
        }
    }

    /// <summary>Serves one socket until it closes or the request is aborted.</summary>
    public async Task ServeAsync(WebSocket socket, string? client, int remaining, CancellationToken cancellationToken)
    {
        var id = string.IsNullOrEmpty(client) ? Guid.NewGuid().ToString("N") : client;
        if (_clients.Count >= MostSockets)
        {
            return;
        }

        var channel = Channel.CreateBounded<byte[]>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        channel.Writer.TryWrite(Write("status", new { status = Info(remaining), sid = id }));
        _clients[id] = channel;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(socket, channel.Reader, ended.Token);
        try
        {
            await ReceiveAsync(socket, ended.Token);
        }
        finally
        {
            _clients.TryRemove(KeyValuePair.Create(id, channel));
            await ended.CancelAsync();
            await sending;
        }

        if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
        }
    }

    private static async Task ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, cancellationToken)).MessageType != WebSocketMessageType.Close)
            {
                // What clients say, like their feature flags, changes nothing here.
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The client left, or the server died.
        }
    }

    private static async Task SendAsync(WebSocket socket, ChannelReader<byte[]> messages, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in messages.ReadAllAsync(cancellationToken))
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, true, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The client left, or the server died.
        }
    }

    private static object Status(int remaining) => new { status = Info(remaining) };

    private static object Info(int remaining) => new { exec_info = new { queue_remaining = remaining } };

    private static byte[] Write(string type, object data) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, data }, JsonSerializerOptions.Default);
}
