using System.Text.Json;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>What one HTTP call ended in: an answer, or none.</summary>
internal abstract record Exchange
{
    private Exchange() { }

    /// <summary>An answer, with a body of bounded length; the token is already taken out of it.</summary>
    public sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string Body) : Exchange
    {
        private const int LongestId = 200;
        private static readonly string[] RequestIds = ["x-request-id", "X-Amzn-Trace-Id", "X-Amz-Cf-Id", "x-fal-request-id"];

        public bool IsSuccess => Status is >= 200 and < 300;

        /// <summary>The body as a JSON object; null when it is something else, such as the HTML page of a gateway.</summary>
        public JsonElement? Json { get; } = Parse(Body);

        /// <summary>What support asks for, in the order in which Hugging Face's own client looks for it.</summary>
        public string? RequestId => RequestIds
            .Select(Header).FirstOrDefault(id => id is { Length: > 0 and <= LongestId } && !id.Any(char.IsControl));

        public string? Header(string name) => Headers.GetValueOrDefault(name);

        private static JsonElement? Parse(string body)
        {
            try
            {
                return JsonSerializer.Deserialize<JsonElement>(LoneSurrogates.Mend(body)) is { ValueKind: JsonValueKind.Object } json ? json : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>No whole answer. <paramref name="BodyStarted"/> tells whether a byte of our body may have gone out.</summary>
    public sealed record Silence(Exception Cause, bool BodyStarted) : Exchange;
}
