namespace VideoGen.Grains.Timing;

/// <summary>Exponential backoff with "equal jitter", so that many callers do not return at the same time.</summary>
internal static class Backoff
{
    /// <summary>
    /// The delay before try <paramref name="number"/> + 1 (<paramref name="number"/> counts from 1), never shorter than what the
    /// provider asked for and never longer than <paramref name="longest"/>; <paramref name="random"/> is 0–1.
    /// </summary>
    public static TimeSpan Delay(int number, TimeSpan first, TimeSpan longest, TimeSpan? asked, double random)
    {
        var doubled = first * Math.Pow(2, Math.Clamp(number - 1, 0, 20));
        var jittered = Min(doubled, longest) * (0.5 + random / 2);
        return Min(asked > jittered ? asked.Value : jittered, longest);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
