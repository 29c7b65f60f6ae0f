using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using VideoGen.Api.RateLimiting;
using VideoGen.ServiceDefaults;

namespace VideoGen.Api.Uploads;

/// <summary>
/// Limits all uploads together: those that are arriving (connections and scratch files) and those that are complete (memory). If
/// the process has little memory, the limits are lower than configured.
/// </summary>
internal sealed class UploadLimiter : IAsyncDisposable
{
    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;

    /// <summary>The memory of an arriving upload: its beginning, and the buffers of its connection.</summary>
    private const int BytesArriving = 256 * Kilobyte;

    /// <summary>The encoded picture and its copy.</summary>
    private const int BytesStored = 4 * Megabyte;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    private readonly ConcurrencyLimiter _arriving;
    private readonly ConcurrencyLimiter _slots;
    private readonly ConcurrencyLimiter _memory;
    private readonly int _kilobytes;

    public UploadLimiter(IOptions<UploadOptions> options)
        : this(options.Value, ProcessLimits.Memory)
    {
    }

    internal UploadLimiter(UploadOptions options, long memory)
    {
        _kilobytes = (int)Math.Clamp(memory / 4 / Kilobyte, 1, int.MaxValue);
        _arriving = Limiter((int)Math.Clamp(memory / 8 / BytesArriving, 1, options.MaxArrivingUploads), 0);
        _slots = Limiter(options.MaxConcurrentUploads, options.MaxWaitingUploads);
        _memory = Limiter(_kilobytes, int.MaxValue);    // uploads that wait here already have a slot
    }

    /// <summary>Returns a lease for an arriving upload, to dispose at its end. Does not wait.</summary>
    public RateLimitLease Arrive() => _arriving.AttemptAcquire();

    /// <summary>
    /// Waits for a slot and the memory for a picture of this size. Dispose the result to free both. Returns null if they are not
    /// available in time.
    /// </summary>
    public async ValueTask<IDisposable?> EnterAsync(long length, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(MaxWait);
        RateLimitLease? slot = null;
        try
        {
            slot = await _slots.AcquireAsync(cancellationToken: timeout.Token);
            if (slot.IsAcquired && await _memory.AcquireAsync(RequestCost(length), timeout.Token) is { IsAcquired: true } memory)
            {
                return new Admission(slot, memory);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up.
        }
        catch (OperationCanceledException)
        {
            slot?.Dispose();
            throw;
        }

        slot?.Dispose();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _memory.DisposeAsync();
        await _slots.DisposeAsync();
        await _arriving.DisposeAsync();
    }

    /// <summary>
    /// The file is in memory twice while it is decoded. A file above the whole limit is admitted when it is alone.
    /// </summary>
    private int RequestCost(long length) => (int)Math.Clamp(((2 * length) + BytesStored) / Kilobyte, 1, _kilobytes);

    private static ConcurrencyLimiter Limiter(int permits, int queue) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = queue });

    private sealed class Admission(RateLimitLease slot, RateLimitLease memory) : IDisposable
    {
        public void Dispose()
        {
            memory.Dispose();
            slot.Dispose();
        }
    }
}
