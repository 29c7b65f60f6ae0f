using Microsoft.Extensions.Options;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Silo.Webhooks;

/// <summary>
/// Limits how many receivers are called concurrently, per host and in total: a receiver that does not respond delays only its own
/// webhooks. A host is forgotten when there are no calls to it, running or waiting.
/// </summary>
internal sealed class HostLimiters(IOptions<WebhookOptions> options) : IDisposable
{
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _all = new(options.Value.MaxConcurrent);

    /// <summary>Hosts with running or waiting calls.</summary>
    public int Count
    {
        get
        {
            lock (_gates)
            {
                return _gates.Count;
            }
        }
    }

    /// <summary>
    /// Waits for a permit, which is returned by disposing it. The host's permit is acquired first, otherwise the queue of one
    /// host would take all permits.
    /// </summary>
    public async Task<IDisposable> EnterAsync(string host, CancellationToken cancellationToken)
    {
        var gate = Join(host);
        var isInside = false;
        try
        {
            await gate.Free.WaitAsync(cancellationToken);
            isInside = true;
            await _all.WaitAsync(cancellationToken);
            return new Place(this, host, gate);
        }
        catch
        {
            Leave(host, gate, isInside);
            throw;
        }
    }

    public void Dispose() => _all.Dispose();

    private Gate Join(string host)
    {
        lock (_gates)
        {
            if (!_gates.TryGetValue(host, out var gate))
            {
                _gates[host] = gate = new Gate(new SemaphoreSlim(options.Value.MaxConcurrentPerHost));
            }

            gate.Users++;
            return gate;
        }
    }

    private void Leave(string host, Gate gate, bool isInside)
    {
        if (isInside)
        {
            gate.Free.Release();
        }

        lock (_gates)
        {
            if (--gate.Users == 0)
            {
                _gates.Remove(host);
                gate.Free.Dispose();
            }
        }
    }

    private sealed record Gate(SemaphoreSlim Free)
    {
        public int Users { get; set; }
    }

    private sealed class Place(HostLimiters gates, string host, Gate gate) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0)
            {
                gates._all.Release();
                gates.Leave(host, gate, isInside: true);
            }
        }
    }
}
