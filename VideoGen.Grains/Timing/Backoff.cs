namespace VideoGen.Grains.Timing;

/// <summary>How long to wait before trying again: doubling, with "equal jitter" so that many do not return at once.</summary>
internal static class Backoff
{
    /// <summary>
    /// The wait before try <paramref name="number"/> + 1 (<paramref name="number"/> counts from 1), never below what the provider
    /// asked for and never above <paramref name="longest"/>; <paramref name="random"/> is 0–1.
    /// </summary>
    public static TimeSpan Delay(int number, TimeSpan first, TimeSpan longest, TimeSpan? asked, double random)
    {
        var doubled = first * Math.Pow(2, Math.Clamp(number - 1, 0, 20));
        var jittered = Min(doubled, longest) * (0.5 + random / 2);
        return Min(asked > jittered ? asked.Value : jittered, longest);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
