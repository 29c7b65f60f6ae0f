using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VideoGen.Api.Events;

/// <summary>
/// Writes Server-Sent Events (WHATWG HTML §9.2). Each is flushed at once, and a reader that is too slow makes its own writer wait.
/// </summary>
internal sealed class EventWriter(PipeWriter output)
{
    /// <summary>Tells the browser how soon to come back, in milliseconds.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => WriteAsync("retry: 1000\n\n", cancellationToken);

    /// <summary>A comment, which clients ignore and proxies take for life.</summary>
    public Task HeartbeatAsync(CancellationToken cancellationToken) => WriteAsync(": heartbeat\n\n", cancellationToken);

    /// <summary>One event; without an id the client keeps the last one it got.</summary>
    public async Task SendAsync<T>(string name, long? id, T data, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        Put($"event: {name}\n");
        if (id is { } version)
        {
            Put(string.Create(CultureInfo.InvariantCulture, $"id: {version}\n"));
        }

        Put("data: ");
        output.Write(JsonSerializer.SerializeToUtf8Bytes(data, type));    // one line: line ends inside of JSON are escaped
        await WriteAsync("\n\n", cancellationToken);
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        Put(text);
        await output.FlushAsync(cancellationToken);
    }

    private void Put(string text) => Encoding.UTF8.GetBytes(text, output);
}
