using System.Globalization;
using System.Text.Json;

namespace VideoGen.Testing;

/// <summary>
/// One event as it stands in the stream; a comment has its text as <paramref name="Name"/>, with the colon, and no data.
/// </summary>
public sealed record ReceivedEvent(string Name, long? Id, JsonElement Data)
{
    /// <summary>A text of the data.</summary>
    public string Text(string property) => Data.GetProperty(property).GetString()!;
}

/// <summary>
/// Reads Server-Sent Events line by line, so that a test sees what a browser would hide: comments, and where ids are missing.
/// </summary>
public sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, StreamReader lines) => (Response, _lines) = (response, lines);

    /// <summary>The response whose body is read.</summary>
    public HttpResponseMessage Response { get; }

    /// <summary>Opens a stream, after the last version that was seen where there is one.</summary>
    public static async Task<EventReader> OpenAsync(HttpClient client, string path, long? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event or comment; null when the stream has ended.</summary>
    public async Task<ReceivedEvent?> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var (name, id, data) = ("message", (long?)null, "");
        while (await _lines.ReadLineAsync(limit.Token) is { } line)
        {
            switch (line.Split(':', 2))
            {
                case ["", var comment]:
                    return new ReceivedEvent(":" + comment, null, default);
                case [""] when data.Length > 0:
                    return new ReceivedEvent(name, id, JsonDocument.Parse(data).RootElement);
                case ["event", var value]:
                    name = value.Trim();
                    break;
                case ["id", var value]:
                    id = long.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case ["data", var value]:
                    data += value.Trim();
                    break;
            }
        }

        return null;
    }

    /// <summary>The next event, comments left out.</summary>
    public async Task<ReceivedEvent?> NextEventAsync()
    {
        var next = await NextAsync();
        while (next is { Name: [':', ..] })
        {
            next = await NextAsync();
        }

        return next;
    }

    /// <summary>Everything until the server ends the stream, comments left out.</summary>
    public async Task<List<ReceivedEvent>> RestAsync()
    {
        List<ReceivedEvent> events = [];
        while (await NextEventAsync() is { } next)
        {
            events.Add(next);
        }

        return events;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        Response.Dispose();
    }
}
