using System.Globalization;

namespace VideoGen.Api.Http;

/// <summary>
/// The response headers <c>RateLimit-Policy: "submits";q=60;w=60</c> and <c>RateLimit: "submits";r=59;t=1</c>
/// (draft-ietf-httpapi-ratelimit-headers-10).
/// </summary>
internal static class RateLimitHeaders
{
    public const string Policy = "RateLimit-Policy";
    public const string Limit = "RateLimit";

    public static void Write(HttpResponse response, LimitStatus status)
    {
        var window = status.Window is { } length
            ? string.Create(CultureInfo.InvariantCulture, $";w={length.TotalSeconds:0}")
            : "";
        var unit = status.Unit is null ? "" : $";qu=\"{status.Unit}\"";
        Add(response, Policy, string.Create(CultureInfo.InvariantCulture, $"\"{status.Name}\";q={status.Quota}{unit}{window}"));
        Add(response, Limit, string.Create(
            CultureInfo.InvariantCulture, $"\"{status.Name}\";r={status.Left};t={Math.Ceiling(status.Reset.TotalSeconds):0}"));
    }

    // One line per header, as usual for structured fields.
    private static void Add(HttpResponse response, string name, string item) =>
        response.Headers[name] = response.Headers[name] is { Count: > 0 } before ? $"{before}, {item}" : item;
}
