using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>
/// The progress of our jobs, from the websocket of a ComfyUI server. It is a comfort and never the truth: without it, jobs show
/// no progress, and nothing else changes. The socket is open while somebody asks.
/// </summary>
internal sealed partial class ComfyProgress(
    Upstream upstream, ComfyClientId client, TimeProvider time, ILogger<ComfyProgress> logger) : IDisposable
{
    private const int LongestMessage = 256 * 1024;
    private const int MostJobs = 1_000;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, double> _known = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private Task _listening = Task.CompletedTask;
    private long _askedAt;

    /// <summary>The progress of a job from 0 to 1; null while that is unknown.</summary>
    public double? Of(string jobId)
    {
        Volatile.Write(ref _askedAt, time.GetTimestamp());
        lock (_gate)
        {
            if (_listening.IsCompleted && !_end.IsCancellationRequested)
            {
                _listening = Task.Run(ListenAsync);
            }
        }

        return _known.TryGetValue(jobId, out var progress) ? progress : null;
    }

    /// <summary>The socket ends with the token, which every wait takes.</summary>
    public void Dispose() => _end.Cancel();

    private async Task ListenAsync()
    {
        while (!_end.IsCancellationRequested && time.GetElapsedTime(Volatile.Read(ref _askedAt)) < Idle)
        {
            try
            {
                using var socket = new ClientWebSocket();
                await ConnectAsync(socket);
                await ReadAsync(socket);
            }
            catch (Exception exception) when (exception is WebSocketException or IOException or HttpRequestException)
            {
                LogLost(exception, upstream.Name);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Pause, time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _known.Clear();
    }

    private Task ConnectAsync(ClientWebSocket socket)
    {
        foreach (var (name, value) in upstream.Headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        if (upstream.Authorization is { } authorization)
        {
            socket.Options.SetRequestHeader("Authorization", authorization.ToString());
        }

        var url = new UriBuilder(upstream.Url!) { Scheme = upstream.Url!.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" };
        url.Path = $"{url.Path.TrimEnd('/')}/ws";
        url.Query = $"clientId={client.Value}";
        return socket.ConnectAsync(url.Uri, _end.Token);
    }

    private async Task ReadAsync(ClientWebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (time.GetElapsedTime(Volatile.Read(ref _askedAt)) < Idle)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
            if (part.MessageType is WebSocketMessageType.Close)
            {
                return;
            }

            if (message.Length <= LongestMessage)
            {
                message.Write(buffer, 0, part.Count);
            }

            if (part.EndOfMessage)
            {
                if (part.MessageType is WebSocketMessageType.Text && message.Length <= LongestMessage)
                {
                    Note(message.GetBuffer().AsMemory(0, (int)message.Length));
                }

                message.SetLength(0);
            }
        }
    }

    private void Note(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            if (json.RootElement.Get("data") is { } data && data.Text("prompt_id") is { } job
                && ComfyProgressMessage.Read(json.RootElement.Text("type"), data) is { } progress
                && (_known.Count < MostJobs || _known.ContainsKey(job)))
            {
                _known[job] = progress;
            }
        }
        catch (JsonException exception)
        {
            LogLost(exception, upstream.Name);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Upstream {Upstream} reports no progress at the moment")]
    private partial void LogLost(Exception exception, string upstream);
}
