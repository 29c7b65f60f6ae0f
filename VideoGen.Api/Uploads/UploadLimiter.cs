using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using VideoGen.Api.RateLimiting;
using VideoGen.ServiceDefaults;

namespace VideoGen.Api.Uploads;

/// <summary>
/// Bounds what uploads take together, whatever clients send at once: those that come in (connections and scratch files), and those
/// that are whole (memory). Where the process may use little memory, these are fewer than the settings allow.
/// </summary>
internal sealed class UploadLimiter : IAsyncDisposable
{
    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;

    /// <summary>What gathers one that comes in: the beginning of it, and the buffers of its connection.</summary>
    private const int BytesArriving = 256 * Kilobyte;

    /// <summary>The stored picture, encoded and copied.</summary>
    private const int BytesStored = 4 * Megabyte;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrencyLimiter _arriving;
    private readonly ConcurrencyLimiter _places;
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
        _places = Limiter(options.MaxConcurrentUploads, options.MaxWaitingUploads);
        _memory = Limiter(_kilobytes, int.MaxValue);    // those that wait here have a place already
    }

    /// <summary>A place for an upload that comes in, until it is disposed; nobody waits for one.</summary>
    public RateLimitLease Arrive() => _arriving.AttemptAcquire();

    /// <summary>
    /// A place and memory for a picture of so many bytes; both are free again when it is disposed. Null when there are none in
    /// time.
    /// </summary>
    public async ValueTask<IDisposable?> EnterAsync(long length, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        RateLimitLease? place = null;
        try
        {
            place = await _places.AcquireAsync(cancellationToken: patience.Token);
            if (place.IsAcquired && await _memory.AcquireAsync(RequestCost(length), patience.Token) is { IsAcquired: true } memory)
            {
                return new Admission(place, memory);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It has waited long enough.
        }
        catch (OperationCanceledException)
        {
            place?.Dispose();
            throw;
        }

        place?.Dispose();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _memory.DisposeAsync();
        await _places.DisposeAsync();
        await _arriving.DisposeAsync();
    }

    /// <summary>The file is held twice while it is decoded. One that needs more than there is gets in when it is alone.</summary>
    private int RequestCost(long length) => (int)Math.Clamp(((2 * length) + BytesStored) / Kilobyte, 1, _kilobytes);

    private static ConcurrencyLimiter Limiter(int permits, int queue) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = queue });

    private sealed class Admission(RateLimitLease place, RateLimitLease memory) : IDisposable
    {
        public void Dispose()
        {
            memory.Dispose();
            place.Dispose();
        }
    }
}
