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

    public static void Tell(HttpResponse response, LimitStatus standing)
    {
        var window = standing.Window is { } length ? string.Create(CultureInfo.InvariantCulture, $";w={length.TotalSeconds:0}") : "";
        var unit = standing.Unit is null ? "" : $";qu=\"{standing.Unit}\"";
        Add(response, Policy, string.Create(CultureInfo.InvariantCulture, $"\"{standing.Name}\";q={standing.Quota}{unit}{window}"));
        Add(response, Limit, string.Create(
            CultureInfo.InvariantCulture, $"\"{standing.Name}\";r={standing.Left};t={Math.Ceiling(standing.Reset.TotalSeconds):0}"));
    }

    // One line per header, as usual for structured fields.
    private static void Add(HttpResponse response, string name, string item) =>
        response.Headers[name] = response.Headers[name] is { Count: > 0 } before ? $"{before}, {item}" : item;
}
