using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace VideoGen.Silo.Tests.Backends.Fuzz;

/// <summary>
/// Makes answers that a provider gone wrong, or bad, could give: recorded ones with values and bytes changed, JSON of any other
/// shape in the words that the parsers look for, and no JSON at all. The same seed makes the same answer.
/// </summary>
internal sealed class HostileAnswers(Random random, IReadOnlyList<byte[]> recorded)
{
    private static readonly string[] Types =
        ["application/json", "application/json; charset=utf-8", "application/json; charset=nonsense", "text/html", "text/plain",
            "video/mp4", "application/problem+json", "image/jpeg"];

    private static readonly int[] Statuses =
        [100, 201, 202, 204, 206, 300, 302, 304, 307, 400, 401, 402, 403, 404, 408, 409, 410, 413, 422, 425, 429, 499, 500, 502,
            503, 504, 599, 600, 999];

    private readonly HostileJson _json = new(random);

    /// <summary>The last answer, to be read by people.</summary>
    public string Last { get; private set; } = "";

    public HttpResponseMessage Next()
    {
        var status = random.Next(10) < 7 ? 200 : Statuses[random.Next(Statuses.Length)];
        var body = Body();
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        response.Content.Headers.ContentType =
            MediaTypeHeaderValue.Parse(random.Next(10) < 7 ? Types[0] : Types[random.Next(Types.Length)]);
        foreach (var name in HostileWords.Headers.Where(_ => random.Next(4) == 0))
        {
            response.Headers.TryAddWithoutValidation(name, HostileWords.Values[random.Next(HostileWords.Values.Length)]);
        }

        Last = $"{response} {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(2_000, body.Length)))}";
        return response;
    }

    private byte[] Body() => random.Next(12) switch
    {
        < 5 => Changed(Recorded()),
        < 7 => Scrambled(Recorded()),
        < 9 => Encoding.UTF8.GetBytes(_json.Object(depth: 4)),
        9 => Encoding.UTF8.GetBytes(_json.Value(depth: 4)),
        10 => Encoding.UTF8.GetBytes(Nested()),
        _ => Bytes(random.Next(200)),
    };

    private byte[] Recorded() => recorded[random.Next(recorded.Count)];

    /// <summary>Another value, or none, in a few places.</summary>
    private byte[] Changed(byte[] body)
    {
        var root = JsonNode.Parse(body)!;
        var text = root.ToJsonString();
        foreach (var node in All(root).Where(_ => random.Next(4) == 0))
        {
            var old = node?.ToJsonString() ?? "null";
            var at = text.IndexOf(old, StringComparison.Ordinal);
            text = at < 0 ? text : text[..at] + _json.Value(depth: 2) + text[(at + old.Length)..];
        }

        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>A few bytes changed, or an end that is missing.</summary>
    private byte[] Scrambled(byte[] body)
    {
        byte[] scrambled = [.. body];
        for (var change = random.Next(1, 6); change > 0 && scrambled.Length > 0; change--)
        {
            scrambled[random.Next(scrambled.Length)] = (byte)random.Next(256);
        }

        return random.Next(3) == 0 ? scrambled[..random.Next(scrambled.Length + 1)] : scrambled;
    }

    private string Nested()
    {
        var depth = random.Next(60, 3_000);
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"error\":", "}");
        return string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static IEnumerable<JsonNode?> All(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => All(pair.Value)),
        JsonArray list => list.SelectMany(All),
        _ => [node],
    };
}
