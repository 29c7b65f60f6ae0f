namespace VideoGen.Fuzz.Tests.Cases;

/// <summary>Headers that change what is answered, with values that are right, at a bound, or nonsense.</summary>
internal sealed class OddHeaders(Harvest harvest)
{
    private static readonly (string Name, string[] Values)[] Known =
    [
        ("Range", ["bytes=0-0", "bytes=0-", "bytes=-1", "bytes=5-1", "bytes=999999999-", "bytes=0-0,2-3", "bytes=a-b",
            "items=0-1",
            "bytes=18446744073709551615-18446744073709551616", "bytes=-0", "bytes="]),
        ("If-None-Match", ["*", "\"a\"", "W/\"a\"", "a", "\"a\", \"b\"", "\"", ""]),
        ("If-Match", ["*", "\"a\"", "x"]),
        ("If-Range", ["\"a\"", "Mon, 23 Nov 2026 01:09:16 GMT", "x"]),
        ("If-Modified-Since", ["Mon, 23 Nov 2026 01:09:16 GMT", "Mon, 23 Nov 9999 01:09:16 GMT", "yesterday", "0"]),
        ("If-Unmodified-Since", ["Mon, 23 Nov 1970 01:09:16 GMT", "x"]),
        ("Prefer", ["wait=0", "wait=1", "wait=-1", "wait=1.5", "wait=abc", "wait=\"0\"", "respond-async, wait=0", "wait", "=",
            ";;,,",
            "wait=99999999999999999999", "handling=strict"]),
        ("Last-Event-ID", ["0", "1", "-1", "99", "9223372036854775807", "9223372036854775808", "a", ""]),
        ("Idempotency-Key", ["k1", "k2", "k3", "\"k1\"", "a b", ""]),
        ("Accept", ["*/*", "text/html", "application/xml", "text/event-stream", "application/json;q=0", "x", "*", ""]),
        ("Accept-Encoding", ["gzip", "br;q=1.0, *;q=0", "identity;q=0", "x"]),
        ("Accept-Language", ["de", "*", "xx-\u00e9"]),
        ("Origin", ["http://127.0.0.1:1", "null", "https://example.invalid", "x", ""]),
        ("Access-Control-Request-Method", ["GET", "PATCH", "x"]),
        ("Access-Control-Request-Headers", ["content-type", "x-y", "*", "\u00e9"]),
        ("X-Forwarded-For", ["127.0.0.1", "::1", "unknown", "1.2.3.4, 5.6.7.8", "999.1.1.1"]),
        ("X-Forwarded-Proto", ["https", "javascript", ""]),
        ("X-Forwarded-Host", ["example.invalid", "a b", "[::1"]),
        ("Forwarded", ["for=127.0.0.1;host=example.invalid;proto=https", ";;="]),
        ("Content-Encoding", ["gzip", "identity", "br", "x"]),
        ("Content-Language", ["de"]),
        ("Authorization", ["Bearer x", "Bearer ", "Basic eDp5", "Bearer \u00e9", ""]),
        ("X-API-Key", ["x", "", "\u00e9"]),
        ("Cookie", ["a=b", "a", "=;="]),
        ("traceparent", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-0-0-0", "x"]),
        ("baggage", ["a=b", ";;;=,,,"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("User-Agent", ["", "curl/8", "\U0001F98A"]),
        ("Host", ["example.invalid", "127.0.0.1:1"]),
        ("TE", ["trailers"]),
        ("Upgrade", ["websocket", "h2c"]),
        ("Cache-Control", ["no-cache", "max-age=-1"]),
    ];

    public Case Add(Case request, Dice dice)
    {
        List<(string Name, string Value)> headers = [];
        for (var count = dice.Between(1, 3); count > 0; count--)
        {
            var (name, values) = dice.Pick(Known);
            if (headers.All(header => header.Name != name))
            {
                headers.Add((name, Value(name, values, dice)));
            }
        }

        // Beyond printable ASCII the web server has a say, and above 32 KB it always does.
        var isPlain = headers.All(header => header.Value.All(character => character is >= ' ' and <= '~'));
        return request with
        {
            Headers = headers,
            IsCrude = request.IsCrude || !isPlain || headers.Any(header => header.Name == "Host")
                || headers.Sum(header => header.Value.Length) > 4000,
        };
    }

    private string Value(string name, string[] values, Dice dice) => dice.Next(10) switch
    {
        < 8 => dice.Chance(30) ? harvest.Find(name, dice) ?? dice.Pick(values) : dice.Pick(values),

        // A client library would not send these; the tests on the wire do.
        _ => string.Concat(Texts.Any(dice)
            .Where(character => character is not ('\r' or '\n' or '\0') && !char.IsSurrogate(character))),
    };
}
