using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Silo.Webhooks;

/// <summary>
/// Limits how many receivers are called concurrently, per host and in total: a receiver that does not respond delays only its own
/// webhooks. The host's permit is acquired first, otherwise the queue of one host would take all permits. Idle hosts are removed.
/// </summary>
internal sealed class HostLimiters(IOptions<WebhookOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(
            host => RateLimitPartition.GetConcurrencyLimiter(host, _ => Limit(options.Value.MaxConcurrentPerHost)),
            StringComparer.OrdinalIgnoreCase),
        PartitionedRateLimiter.Create<string, bool>(
            _ => RateLimitPartition.GetConcurrencyLimiter(true, _ => Limit(options.Value.MaxConcurrent))));

    /// <summary>Waits for a permit, which is returned by disposing it.</summary>
    public async Task<IDisposable> EnterAsync(string host, CancellationToken cancellationToken) =>
        await _limiter.AcquireAsync(host, 1, cancellationToken);

    public void Dispose() => _limiter.Dispose();

    /// <summary>The webhooks that wait are those of the loops in this process, so their number is bounded by the loops.</summary>
    private static ConcurrencyLimiterOptions Limit(int permits) => new() { PermitLimit = permits, QueueLimit = int.MaxValue };
}
