namespace VideoGen.Grains.Quotas;

/// <summary>
/// A token bucket that refills evenly and holds one minute's worth. It is kept in memory only: an owner whose silo dies gains at
/// most one minute's worth. Times are measured since the activation, with a monotonic clock.
/// </summary>
internal sealed record TokenBucket(int PerMinute, double Left, TimeSpan At)
{
    public static TokenBucket Full(int perMinute, TimeSpan now) => new(perMinute, perMinute, now);

    public bool HasOne => Left >= 1;

    /// <summary>The time until the next token.</summary>
    public TimeSpan UntilOne => HasOne ? TimeSpan.Zero : TimeSpan.FromMinutes((1 - Left) / PerMinute);

    /// <summary>The time until the bucket is full again.</summary>
    public TimeSpan UntilFull => TimeSpan.FromMinutes((PerMinute - Left) / PerMinute);

    public TokenBucket Fill(TimeSpan now) => now <= At
        ? this
        : this with { Left = Math.Min(PerMinute, Left + (now - At).TotalMinutes * PerMinute), At = now };

    public TokenBucket Take() => this with { Left = Left - 1 };
}
