using Microsoft.Extensions.Options;
using VideoGen.Api.Http;

namespace VideoGen.Api.RateLimiting;

/// <summary>The limits of this process, by what a request does.</summary>
internal sealed class LocalLimits(IOptions<LimitOptions> options, IOptions<UploadOptions> uploads) : IDisposable
{
    private readonly LocalLimit _submits = LocalLimit.PerMinute(
        "address-submits", "Too many films were ordered from your address in this minute.", options.Value.AddressSubmitsPerMinute);

    private readonly LocalLimit _uploads = LocalLimit.BytesPerHour(
        "uploads", "You have uploaded as much as you may in an hour.", options.Value.UploadBytesPerHour);

    private readonly LocalLimit _addressUploads = LocalLimit.BytesPerHour(
        "address-uploads", "Too much was uploaded from your address in this hour.", options.Value.AddressUploadBytesPerHour);

    private readonly LocalLimit _addressArrivals = LocalLimit.AtOnce(
        "address-uploads-at-once", "Too many pictures come from your address at a time.", options.Value.AddressUploads);

    private readonly LocalLimit _streams = LocalLimit.AtOnce(
        "streams", "You watch as much at a time as you may: close a stream first.", options.Value.Streams);

    private readonly LocalLimit _addressStreams = LocalLimit.AtOnce(
        "address-streams", "Your address watches as much at a time as it may: close a stream first.", options.Value.AddressStreams);

    /// <summary>Counts wrong keys by address.</summary>
    public LocalLimit WrongKeys { get; } = LocalLimit.PerMinute(
        "wrong-keys", "Too many wrong keys came from your address. Wait a minute.", options.Value.WrongKeysPerMinute);

    /// <summary>Takes what the request costs, and names the limit that it meets, if any.</summary>
    public LimitStatus? Take(HttpContext context, RequestCost cost, string owner, ICollection<IDisposable> taken)
    {
        var address = ClientAddress.CounterOf(context);
        switch (cost)
        {
            case RequestCost.Submit:
                return _submits.Take(address, 1, taken);
            case RequestCost.Upload:
                // A form that does not say how long it is counts as the longest that is taken.
                var size = LocalLimit.Kilobytes(context.Request.ContentLength ?? uploads.Value.MaxUploadBytes);
                return _addressArrivals.Take(address, 1, taken) ?? _addressUploads.Take(address, size, taken)
                    ?? _uploads.Take(owner, size, taken);
            default:
                return _addressStreams.Take(address, 1, taken) ?? _streams.Take(owner, 1, taken);
        }
    }

    public void Dispose()
    {
        foreach (var limit in (LocalLimit[])[_submits, _uploads, _addressUploads, _addressArrivals, _streams, _addressStreams, WrongKeys])
        {
            limit.Dispose();
        }
    }
}
