using System.Text.Json;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>The outcome of one HTTP call: a reply, or none.</summary>
internal abstract record Exchange
{
    private Exchange() { }

    /// <summary>A reply, with a body of bounded length from which the token has been removed.</summary>
    public sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string Body) : Exchange
    {
        private const int LongestId = 200;
        private static readonly string[] RequestIds = ["x-request-id", "X-Amzn-Trace-Id", "X-Amz-Cf-Id", "x-fal-request-id"];

        public bool IsSuccess => Status is >= 200 and < 300;

        /// <summary>The body as a JSON object; null when it is something else, such as a gateway's HTML page.</summary>
        public JsonElement? Json { get; } = Parse(Body);

        /// <summary>The request id for support, searched in the same order as in Hugging Face's own client.</summary>
        public string? RequestId => RequestIds
            .Select(Header).FirstOrDefault(id => id is { Length: > 0 and <= LongestId } && !id.Any(char.IsControl));

        public string? Header(string name) => Headers.GetValueOrDefault(name);

        private static JsonElement? Parse(string body)
        {
            try
            {
                return JsonSerializer.Deserialize<JsonElement>(LoneSurrogates.Mend(body))
                    is { ValueKind: JsonValueKind.Object } json ? json : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>
    /// No complete reply. <paramref name="BodyStarted"/> says whether a byte of the request body may have been sent.
    /// </summary>
    public sealed record Silence(Exception Cause, bool BodyStarted) : Exchange;
}
