using System.Globalization;

namespace VideoGen.Api.Http;

/// <summary>How long a client prefers to wait for the response: <c>Prefer: wait=20</c> (RFC 7240 §4.3).</summary>
internal static class PreferWait
{
    /// <summary>The maximum wait. Proxies would cut longer requests.</summary>
    public const int MaxSeconds = 60;

    /// <summary>Returns whole seconds, 1–60, or null if the client does not want to wait or the header is invalid.</summary>
    public static int? SecondsIn(string? prefer)
    {
        foreach (var preference in prefer?.Split(',', ';') ?? [])    // respond-async, wait=20
        {
            var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is [var name, var value] && name.Equals("wait", StringComparison.OrdinalIgnoreCase)
                && uint.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return seconds == 0 ? null : (int)Math.Min(seconds, MaxSeconds);
            }
        }

        return null;
    }
}
