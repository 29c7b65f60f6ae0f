namespace VideoGen.Grains.Quotas;

/// <summary>
/// A bucket of so many per minute, which fills evenly and holds one minute. It is kept in memory only: an owner whose silo dies gains
/// at most one minute's worth by it. Times are those that passed since the activation, by a clock that nobody can set.
/// </summary>
internal sealed record TokenBucket(int PerMinute, double Left, TimeSpan At)
{
    public static TokenBucket Full(int perMinute, TimeSpan now) => new(perMinute, perMinute, now);

    public bool HasOne => Left >= 1;

    /// <summary>When there will be one again.</summary>
    public TimeSpan UntilOne => HasOne ? TimeSpan.Zero : TimeSpan.FromMinutes((1 - Left) / PerMinute);

    /// <summary>When the bucket will be full again.</summary>
    public TimeSpan UntilFull => TimeSpan.FromMinutes((PerMinute - Left) / PerMinute);

    public TokenBucket Fill(TimeSpan now) => now <= At
        ? this
        : this with { Left = Math.Min(PerMinute, Left + (now - At).TotalMinutes * PerMinute), At = now };

    public TokenBucket Take() => this with { Left = Left - 1 };
}
