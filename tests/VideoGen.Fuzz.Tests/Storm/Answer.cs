using System.Text;
using VideoGen.Fuzz.Tests.Cases;

namespace VideoGen.Fuzz.Tests.Storm;

/// <summary>What came back; of an event stream, its first events.</summary>
internal sealed record Answer(int Status, string? ContentType, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>
    /// The web server answers what is no HTTP by itself: it can say no more than a status, and ends the connection.
    /// </summary>
    public bool IsOfTheServer => Status is >= 400 and < 500 && Body.Length == 0 && Header("Connection") == "close";

    /// <summary>Reads a response to its end, or an event stream as far as its first events.</summary>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response, Case request, CancellationToken end)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        var body = type == "text/event-stream"
            ? await FirstEventsAsync(await response.Content.ReadAsStreamAsync(end), end)
            : await response.Content.ReadAsByteArrayAsync(end);
        return new Answer(
            (int)response.StatusCode, type, request.Method == HttpMethod.Head ? [] : body,
            response.Headers.ToDictionary(header => header.Key, header =>
                string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The greeting and what follows it; a stream that has nothing to tell says that it is alive.</summary>
    private static async Task<byte[]> FirstEventsAsync(Stream stream, CancellationToken end)
    {
        var read = new MemoryStream();
        var buffer = new byte[8192];
        while (Encoding.UTF8.GetString(read.ToArray()).Split("\n\n").Length < 3
            && await stream.ReadAsync(buffer, end) is > 0 and var count)
        {
            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }
}
