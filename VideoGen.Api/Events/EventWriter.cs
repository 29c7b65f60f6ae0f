using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VideoGen.Api.Events;

/// <summary>
/// Writes Server-Sent Events (WHATWG HTML §9.2). Each event is flushed at once; a slow reader delays only its own writer.
/// </summary>
internal sealed class EventWriter(PipeWriter output)
{
    /// <summary>Sends the reconnection delay of the browser, in milliseconds.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => WriteAsync("retry: 1000\n\n", cancellationToken);

    /// <summary>Sends a comment, which clients ignore and which keeps proxies from closing the connection.</summary>
    public Task HeartbeatAsync(CancellationToken cancellationToken) => WriteAsync(": heartbeat\n\n", cancellationToken);

    /// <summary>Sends one event. Without an id the client keeps the last one.</summary>
    public async Task SendAsync<T>(string name, long? id, T data, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        Put($"event: {name}\n");
        if (id is { } version)
        {
            Put(string.Create(CultureInfo.InvariantCulture, $"id: {version}\n"));
        }

        Put("data: ");
        output.Write(JsonSerializer.SerializeToUtf8Bytes(data, type));    // one line: line breaks in JSON are escaped
        await WriteAsync("\n\n", cancellationToken);
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        Put(text);
        await output.FlushAsync(cancellationToken);
    }

    private void Put(string text) => Encoding.UTF8.GetBytes(text, output);
}
