using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>
/// When to retry, as the response says it: <c>Retry-After</c> (RFC 9110 §10.2.3: seconds or a date), <c>RateLimit</c>
/// (<c>"api";r=0;t=55</c>, as the Hub sends it) and <c>estimated_time</c> in the body. The longest of them counts, within limits.
/// </summary>
internal static partial class RetryHint
{
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    public static TimeSpan? Read(Exchange.Reply reply, DateTimeOffset now)
    {
        double?[] hints =
            [RetryAfter(reply.Header("Retry-After"), now), RateLimit(reply.Header("RateLimit")), EstimatedTime(reply.Json)];
        return hints.Max() is { } seconds
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, Least.TotalSeconds, Most.TotalSeconds))
            : null;
    }

    private static double? RetryAfter(string? value, DateTimeOffset now)
    {
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && double.IsFinite(seconds)) // "NaN" is parsed as a number too
        {
            return seconds;
        }

        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? (date - now).TotalSeconds
            : null;
    }

    // The window ends within second t, so one more second is added.
    private static double? RateLimit(string? value) =>
        value is not null && Reset().Match(value) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) + 1
            : null;

    private static double? EstimatedTime(JsonElement? body) =>
        body is { } json && json.TryGetProperty("estimated_time", out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var seconds)
                ? seconds
                : null;

    [GeneratedRegex(@";\s*t=([0-9]{1,9})", RegexOptions.CultureInvariant)]
    private static partial Regex Reset();
}
