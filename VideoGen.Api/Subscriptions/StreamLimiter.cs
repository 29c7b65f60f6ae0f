using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Subscriptions;

/// <summary>Limits the event streams and waiting requests of this process.</summary>
internal sealed class StreamLimiter(IOptions<EventOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = options.Value.MaxStreams });

    /// <summary>Returns a lease to dispose at the end, or null if the limit is reached.</summary>
    public IDisposable? TryEnter() => _limiter.AttemptAcquire() is { IsAcquired: true } lease ? lease : null;

    public void Dispose() => _limiter.Dispose();
}
