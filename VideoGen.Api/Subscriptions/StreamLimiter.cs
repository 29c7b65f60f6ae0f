using Microsoft.Extensions.Options;

namespace VideoGen.Api.Subscriptions;

/// <summary>Bounds how many clients watch or wait in this process.</summary>
internal sealed class StreamLimiter(IOptions<EventOptions> options)
{
    private int _open;

    /// <summary>A place until it is disposed; null when all are taken.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= options.Value.MaxStreams)
        {
            return new Place(this);
        }

        Interlocked.Decrement(ref _open);
        return null;
    }

    private sealed class Place(StreamLimiter gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref gate._open);
            }
        }
    }
}
