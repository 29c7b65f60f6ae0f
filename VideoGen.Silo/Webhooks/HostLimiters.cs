using Microsoft.Extensions.Options;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Silo.Webhooks;

/// <summary>
/// Bounds how many receivers are called at a time, each host and all together: one that does not answer keeps only its own waiting.
/// A host is forgotten when nobody calls it or waits for it.
/// </summary>
internal sealed class HostLimiters(IOptions<WebhookOptions> options) : IDisposable
{
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _all = new(options.Value.MaxConcurrent);

    /// <summary>Hosts that are called or waited for.</summary>
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
    /// Waits for a place, which is given back by disposing it. The one at the host comes first, or its queue would take all.
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
