using System.Text.Json;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.Endpoint;

/// <summary>
/// The video in a JSON response, as bytes or as an address. There is no standard for it; handlers write
/// <c>{"video":"base64"}</c>, <c>{"generated_video":…}</c>, <c>{"output":…}</c>, <c>[{"video":…}]</c>,
/// <c>{"video":{"url":"https://…"}}</c>.
/// </summary>
internal sealed record EndpointAnswer(byte[]? Video, string? Url)
{
    private static readonly string[] Names = ["video", "generated_video", "output", "outputs", "url"];

    public static EndpointAnswer Read(Stream json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Of(Find(document.RootElement));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second exception means half a surrogate pair or invalid UTF-8 in a string, which is only found when the string
            // is read.
            return new EndpointAnswer(null, null);
        }
    }

    private static string? Find(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => value.EnumerateArray().Select(Find).FirstOrDefault(),
        JsonValueKind.Object => Names.Select(name => value.Get(name) is { } inner ? Find(inner) : null)
            .FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static EndpointAnswer Of(string? found)
    {
        if (found is null || found.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            return new EndpointAnswer(null, found);
        }

        // data:video/mp4;base64,AAAA…
        var base64 = found.StartsWith("data:", StringComparison.Ordinal)
            ? found[(found.IndexOf(',', StringComparison.Ordinal) + 1)..]
            : found;
        var bytes = new byte[base64.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? new EndpointAnswer(bytes[..length], null)
            : new EndpointAnswer(null, null);
    }
}
