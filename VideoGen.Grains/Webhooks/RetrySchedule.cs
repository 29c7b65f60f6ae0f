using System.Collections.Immutable;
using System.Globalization;

namespace VideoGen.Grains.Webhooks;

/// <summary>When a webhook that was not accepted is sent again.</summary>
internal sealed record RetrySchedule(ImmutableArray<TimeSpan> Delays)
{
    private const int MostDelays = 20;
    private const double Jitter = 0.1;

    /// <summary>The longest delay, whatever the receiver asks for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// The delay after this many attempts (counted from 1), never shorter than what the receiver asked for; null when it is time
    /// to give up. Adds up to a tenth by <paramref name="random"/> (0–1), so that deliveries that failed together are not retried
    /// together.
    /// </summary>
    public TimeSpan? After(int tries, TimeSpan? asked, double random)
    {
        if (tries > Delays.Length)
        {
            return null;
        }

        var delay = Delays[tries - 1] * (1 + random * Jitter);
        var wanted = asked > delay ? asked.Value : delay;
        return wanted < Longest * (1 + Jitter) ? wanted : Longest;
    }

    /// <summary>Reads <c>00:00:05 00:05:00</c>; null when the text is malformed.</summary>
    public static RetrySchedule? Parse(string text)
    {
        var words = WebhookOptions.Words(text);
        var delays = words.Select(Read).OfType<TimeSpan>().ToImmutableArray();
        return delays.Length is > 0 and <= MostDelays && delays.Length == words.Length ? new RetrySchedule(delays) : null;
    }

    private static TimeSpan? Read(string word) =>
        TimeSpan.TryParse(word, CultureInfo.InvariantCulture, out var delay) && delay >= TimeSpan.Zero
        && delay <= Longest ? delay : null;
}
