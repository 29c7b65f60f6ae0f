using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Characters;

/// <summary>Bounds the memory that uploads take together, whatever clients send at once.</summary>
internal sealed class UploadGate(IOptions<UploadOptions> options) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.MaxConcurrentUploads,
        QueueLimit = options.Value.MaxWaitingUploads,
    });

    /// <summary>A place that is free again when the lease is disposed; null when there is none in time.</summary>
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

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();
}
