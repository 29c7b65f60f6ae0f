using Microsoft.Extensions.Options;
using VideoGen.Api.Http;

namespace VideoGen.Api.RateLimiting;

/// <summary>The limits of this process, by the cost of a request.</summary>
internal sealed class LocalLimits(IOptions<LimitOptions> options, IOptions<UploadOptions> uploads) : IDisposable
{
    private readonly LocalLimit _submits = LocalLimit.PerMinute(
        "address-submits", "Too many generations from your address in one minute. Wait before you create another one.",
        options.Value.AddressSubmitsPerMinute);

    private readonly LocalLimit _uploads = LocalLimit.BytesPerHour(
        "uploads", "You have reached the hourly upload limit. Try again later.", options.Value.UploadBytesPerHour);

    private readonly LocalLimit _addressUploads = LocalLimit.BytesPerHour(
        "address-uploads", "Your address has reached the hourly upload limit. Try again later.",
        options.Value.AddressUploadBytesPerHour);

    private readonly LocalLimit _addressConcurrentUploads = LocalLimit.AtOnce(
        "address-uploads-at-once", "Too many uploads in progress from your address. Try again when one has finished.",
        options.Value.AddressUploads);

    private readonly LocalLimit _streams = LocalLimit.AtOnce(
        "streams", "Too many open streams. Close one and try again.", options.Value.Streams);

    private readonly LocalLimit _addressStreams = LocalLimit.AtOnce(
        "address-streams", "Too many open streams from your address. Close one and try again.", options.Value.AddressStreams);

    /// <summary>Counts invalid keys by address.</summary>
    public LocalLimit WrongKeys { get; } = LocalLimit.PerMinute(
        "wrong-keys", "Too many invalid API keys from your address. Try again in a minute.", options.Value.WrongKeysPerMinute);

    /// <summary>Takes the permits that the request costs. Returns the exceeded limit, if any.</summary>
    public LimitStatus? Take(HttpContext context, RequestCost cost, string owner, ICollection<IDisposable> taken)
    {
        var address = ClientAddress.CounterOf(context);
        switch (cost)
        {
            case RequestCost.Submit:
                return _submits.Take(address, 1, taken);
            case RequestCost.Upload:
                // A form without a declared length counts as the maximum.
                var size = LocalLimit.Kilobytes(context.Request.ContentLength ?? uploads.Value.MaxUploadBytes);
                return _addressConcurrentUploads.Take(address, 1, taken) ?? _addressUploads.Take(address, size, taken)
                    ?? _uploads.Take(owner, size, taken);
            default:
                return _addressStreams.Take(address, 1, taken) ?? _streams.Take(owner, 1, taken);
        }
    }

    public void Dispose()
    {
        LocalLimit[] limits =
            [_submits, _uploads, _addressUploads, _addressConcurrentUploads, _streams, _addressStreams, WrongKeys];
        foreach (var limit in limits)
        {
            limit.Dispose();
        }
    }
}
