using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace VideoGen.Api.Tests.OpenAi;

/// <summary>The recorded requests of the official SDKs: Samples/openai-videos-traces.json says how they were recorded.</summary>
internal static class Traces
{
    private static readonly string[] Clients = ["js", "py", "net"];
    private static readonly string[] NotReplayed = ["host", "connection", "content-length", "authorization"];

    public static IReadOnlyList<RecordedRequest> Requests { get; } = Read();

    private static List<RecordedRequest> Read()
    {
        using var traces = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", "openai-videos-traces.json")));
        return [.. from client in Clients
            let recorded = traces.RootElement.GetProperty(client)
            let every = Texts(recorded.GetProperty("headers_on_every_request"))
            from scenario in recorded.GetProperty("scenarios").EnumerateArray()
            from exchange in scenario.GetProperty("x").EnumerateArray().Index()
            select RecordedRequest.From(
                $"{client}: {scenario.GetProperty("s").GetString()} {exchange.Index + 1}", every, exchange.Item)];
    }

    private static List<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    internal sealed record RecordedRequest(
        string Name, string Method, string Path, IReadOnlyList<string> Headers, IReadOnlyList<string>? Form, string? Body)
    {
        private const string Boundary = "----formdata-0123456789";

        public static RecordedRequest From(string name, IEnumerable<string> every, JsonElement exchange)
        {
            var line = exchange.GetProperty("q").GetString()!.Split(' ', 2);
            return new(
                name, line[0], line[1],
                [.. every.Concat(exchange.TryGetProperty("h", out var headers) ? Texts(headers) : [])],
                exchange.TryGetProperty("form", out var form) ? Texts(form) : null,
                exchange.TryGetProperty("body", out var body) ? body.GetString() : null);
        }

        public bool IsCreate => (Method, Path) == ("POST", "/v1/videos");

        /// <summary>The request with other ids, and with further parts in its form.</summary>
        public HttpRequestMessage ToMessage(Func<string, string> rewrite, params string[] more)
        {
            var message = new HttpRequestMessage(new HttpMethod(Method), rewrite(Path));
            if (Form is not null || Body is not null)
            {
                message.Content = new ByteArrayContent(
                    Form is null ? Encoding.UTF8.GetBytes(rewrite(Body!)) : [.. Form.Concat(more).SelectMany(Part), .. End]);
            }

            foreach (var header in Headers.Select(header => header.Split(": ", 2)))
            {
                Add(message, header[0], header[1].Replace("<b>", Boundary, StringComparison.Ordinal));
            }

            return message;

            IEnumerable<byte> Part(string part)
            {
                var separator = part.IndexOf(" = ", StringComparison.Ordinal);
                var lines = part[..separator].Split(" | ")
                    .Select(line => line.StartsWith("name", StringComparison.Ordinal)
                        ? "Content-Disposition: form-data; " + line
                        : line);
                var start = $"--{Boundary}\r\n{string.Join("\r\n", lines)}\r\n\r\n";
                return [.. Encoding.UTF8.GetBytes(start), .. ValueOf(rewrite(part[(separator + 3)..])), .. "\r\n"u8];
            }
        }

        private static byte[] End => Encoding.UTF8.GetBytes($"--{Boundary}--\r\n");

        private static void Add(HttpRequestMessage message, string name, string value)
        {
            if (NotReplayed.Contains(name.ToLowerInvariant()))
            {
                return;
            }

            if (name.Equals("content-type", StringComparison.OrdinalIgnoreCase))
            {
                message.Content ??= new ByteArrayContent([]);
                message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else if (name.Equals("transfer-encoding", StringComparison.OrdinalIgnoreCase))
            {
                message.Headers.TransferEncodingChunked = true;
            }
            else
            {
                Assert.True(message.Headers.TryAddWithoutValidation(name, value), name);
            }
        }

        /// <summary>What <c>&lt;70 bytes, PNG&gt;</c> stands for.</summary>
        private static byte[] ValueOf(string value) => value switch
        {
            "<70 bytes, PNG>" => OpenAiClient.Png,
            "<8 bytes, PNG>" => OpenAiClient.Png[..8],
            _ => Encoding.UTF8.GetBytes(value),
        };
    }
}
