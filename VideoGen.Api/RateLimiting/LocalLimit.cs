using System.Threading.RateLimiting;
using VideoGen.Api.Http;

namespace VideoGen.Api.RateLimiting;

/// <summary>One limit per owner or address, counted in this process. Idle partitions are removed.</summary>
internal sealed class LocalLimit : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly LimitStatus _full;
    private readonly int _limit;
    private readonly PartitionedRateLimiter<string>? _limiter;

    private LocalLimit(LimitStatus full, int limit, Func<string, RateLimitPartition<string>> partition)
    {
        (_full, _limit) = (full, limit);
        _limiter = limit == 0 ? null : PartitionedRateLimiter.Create(partition);
    }

    /// <summary>A limit per minute.</summary>
    public static LocalLimit PerMinute(string name, string sentence, int limit) => new(
        new LimitStatus(name, sentence, limit, TimeSpan.FromMinutes(1), 0, Soon), limit,
        key => RateLimitPartition.GetFixedWindowLimiter(
            key, _ => new() { PermitLimit = limit, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>A limit on bytes per hour, counted in kilobytes and replenished every minute.</summary>
    public static LocalLimit BytesPerHour(string name, string sentence, long bytes)
    {
        var limit = Kilobytes(bytes);
        return new LocalLimit(
            new LimitStatus(name, sentence, bytes, TimeSpan.FromHours(1), 0, Soon, LimitStatus.Bytes), limit,
            key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
            {
                TokenLimit = limit,
                TokensPerPeriod = Math.Max(1, limit / 60),
                ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            }));
    }

    /// <summary>A limit on concurrent requests.</summary>
    public static LocalLimit AtOnce(string name, string sentence, int limit) => new(
        new LimitStatus(name, sentence, limit, null, 0, Soon, LimitStatus.Concurrent), limit,
        key => RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = limit }));

    public static int Kilobytes(long bytes) => (int)Math.Min(int.MaxValue, (bytes + 1023) / 1024);

    /// <summary>
    /// Takes permits for <paramref name="key"/>, or none if it is null. Dispose the lease to return permits of a concurrency
    /// limit. Returns the status of the limit if it is exceeded. A request above the whole limit takes all of it.
    /// </summary>
    public LimitStatus? Take(string? key, int count, ICollection<IDisposable> taken)
    {
        if (_limiter is null || key is null)
        {
            return null;
        }

        var lease = _limiter.AttemptAcquire(key, Math.Min(count, _limit));
        taken.Add(lease);
        return lease.IsAcquired ? null : Refusal(lease);
    }

    /// <summary>Returns the status of the limit if no permits are left. Takes none.</summary>
    public LimitStatus? Peek(string? key)
    {
        if (_limiter is null || key is null)
        {
            return null;
        }

        using var lease = _limiter.AttemptAcquire(key, 0);
        return lease.IsAcquired ? null : Refusal(lease);
    }

    public void Dispose() => _limiter?.Dispose();

    private LimitStatus Refusal(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) && pause > TimeSpan.Zero
            ? _full with { Reset = pause }
            : _full;
}
