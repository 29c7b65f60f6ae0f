using Microsoft.Extensions.Options;

namespace VideoGen.Api.Subscriptions;

/// <summary>Limits the event streams and waiting requests of this process.</summary>
internal sealed class StreamLimiter(IOptions<EventOptions> options)
{
    private int _open;

    /// <summary>Returns a lease to dispose at the end, or null if the limit is reached.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= options.Value.MaxStreams)
        {
            return new Lease(this);
        }

        Interlocked.Decrement(ref _open);
        return null;
    }

    private sealed class Lease(StreamLimiter limiter) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                Interlocked.Decrement(ref limiter._open);
            }
        }
    }
}
