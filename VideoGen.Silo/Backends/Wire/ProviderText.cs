using System.Text.Json;
using System.Text.RegularExpressions;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>
/// Extracts a provider's error message from the shapes met so far: <c>{"error":"…"|["…"]|{"message":"…"}}</c>,
/// <c>{"detail":"…"|[{"loc":["body","prompt"],"msg":"Field required"}]}</c>, <c>{"code":400,"message":"…"}</c>,
/// <c>{"errors":[{"message":"…"}]}</c>, a header, plain text. The message is made safe to display: short, on one line, without
/// data, tokens and URL queries.
/// </summary>
internal static partial class ProviderText
{
    private const int Longest = 300;

    // A megabyte of "http://http://…" would keep the URL pattern busy for minutes.
    private const int LongestRead = 4_096;

    public static string? Read(Exchange.Reply reply) => Polish(
        (reply.Json is { } json ? FromJson(json) : null) ?? reply.Header("X-Error-Message") ?? FromText(reply));

    public static string? Polish(string? words)
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            return null;
        }

        var start = words.Length <= LongestRead ? words : words[..LongestRead];
        var text = Blanks().Replace(Query().Replace(Secret().Replace(start, "…"), "$1"), " ").Trim();
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }

    /// <summary>Whether the message says that a safety system refused the picture or the script.</summary>
    public static bool TellOfRefusedContent(string? words) => words is not null && Refusal().IsMatch(words);

    public static bool TellOfMissingCredit(string? words) => words is not null && Credit().IsMatch(words);

    public static bool TellOfUnservedModel(string? words) => words is not null && Unserved().IsMatch(words);

    private static string? FromJson(JsonElement json) =>
        (json.Get("error") is { } error ? Said(error) : null)
        ?? (json.Get("detail") is { } detail ? Said(detail) : null)
        ?? json.Text("message")
        ?? (json.Get("errors") is { } errors ? Said(errors) : null);

    private static string? Said(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array =>
            string.Join("; ", value.EnumerateArray().Take(5).Select(Said).OfType<string>()) is { Length: > 0 } all ? all : null,
        JsonValueKind.Object => (value.Text("message") ?? value.Text("msg")) is { } message
            ? string.Join(": ", new[] { Field(value), message, Kind(value) }.OfType<string>())
            : null,
        _ => null,
    };

    // {"loc":["body","image_url"],…}: the last element is the field.
    private static string? Field(JsonElement item) =>
        item.Items("loc").LastOrDefault() is { ValueKind: JsonValueKind.String } field ? field.GetString() : null;

    // The machine-readable name shows refused content where the message does not.
    private static string? Kind(JsonElement item) =>
        (item.Text("type") ?? item.Text("code")) is { } kind && TellOfRefusedContent(kind) ? kind : null;

    private static string? FromText(Exchange.Reply reply) =>
        reply.Json is null && reply.Header("Content-Type")?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) == true
            ? reply.Body
            : null;

    [GeneratedRegex(@"data:[\w/+.-]+;base64,[\w+/=]*|hf_\w{3,}|[\w+/=]{200,}|(?<=Bearer )\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();

    [GeneratedRegex(@"(https?://[^\s?""']+)\?[^\s""']*", RegexOptions.CultureInvariant)]
    private static partial Regex Query();

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    // "case-sensitive", "enable_safety_checker" and "a moderate number of frames" are about something else.
    [GeneratedRegex(
        @"(?<![a-z0-9])(?:content[_ -]?(?:policy|policies|filter(?:s|ed|ing)?|moderation|moderated|violation)|nsfw|flagged"
        + @"|moderation|moderated|new_sensitive"
        + @"|(?<!case[ _-])sensitive[_ ](?:content|images?|picture|material|information|input|prompt|words?)"
        + @"|(?:is|are|as|be|contains?|potentially|politically)[_ ]sensitive(?! to\b)"
        + @"|(?:is|are|as|considered|deemed|potentially)[_ ]unsafe|unsafe[_ ](?:content|image|prompt|input)"
        + @"|safety[_ -](?:system|filters?|policy|policies|guidelines|reasons|violation)"
        + @"|(?:inappropriate|prohibited|explicit)[_ ]content)(?![a-z0-9])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Refusal();

    // "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."
    [GeneratedRegex(
        @"(?<![a-z0-9])(?:(?:exhausted|insufficient|negative|low|not enough|out of|no)[_ ](?:account[_ ])?"
        + @"(?:balance|credits?|funds)"
        + @"|(?:credits?|balance|funds)[_ ](?:is[_ ]|are[_ ]|has been[_ ])?(?:depleted|exhausted|insufficient|too low|used up)"
        + @"|(?:depleted|exceeded|used up|reached)[_ ](?:your|the)[_ ](?:\w+[_ ]){0,3}(?:credits?|balance)"
        + @"|pay[- ]as[- ]you[- ]go is not enabled|payment required|top up your (?:balance|account))(?![a-z0-9])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Credit();

    [GeneratedRegex(
        "(?<![a-z0-9])not supported by provider(?![a-z0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Unserved();
}
