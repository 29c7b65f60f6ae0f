using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Characters;

/// <summary>
/// Bounds what uploads take together, whatever clients send at once: those that come in (connections and scratch files), and those
/// that are whole (memory).
/// </summary>
internal sealed class UploadGate(IOptions<UploadOptions> options) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.MaxConcurrentUploads,
        QueueLimit = options.Value.MaxWaitingUploads,
    });

    private readonly ConcurrencyLimiter _arriving = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.MaxArrivingUploads,
        QueueLimit = 0,
    });

    /// <summary>A place for an upload that comes in, until it is disposed; nobody waits for one.</summary>
    public RateLimitLease Arrive() => _arriving.AttemptAcquire();

    /// <summary>A place in memory that is free again when the lease is disposed; null when there is none in time.</summary>
    public async ValueTask<RateLimitLease?> EnterAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var lease = await _limiter.AcquireAsync(cancellationToken: patience.Token);
            if (lease.IsAcquired)
            {
                return lease;
            }

            lease.Dispose();
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _limiter.DisposeAsync();
        await _arriving.DisposeAsync();
    }
}
