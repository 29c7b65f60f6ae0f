using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Quotas;

namespace VideoGen.Api.RateLimiting;

/// <summary>
/// The limits of one owner and of one client address in this process. 0 means no limit. The defaults for addresses are far above
/// the use of a household or an office. Loopback is not limited: it is the operator, or a proxy that is missing in
/// <c>VideoGen:Proxies</c> and stands for all clients behind it.
/// </summary>
internal sealed class LimitOptions
{
    /// <summary>The configuration section, shared with the limits of the whole cluster.</summary>
    public const string Section = QuotaOptions.Section;

    private const long Gigabyte = 1024 * 1024 * 1024;

    /// <summary>Generations per minute from one address: 0–1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int AddressSubmitsPerMinute { get; set; } = 6000;

    /// <summary>Uploaded bytes per hour of one owner: 0–1 TB.</summary>
    [Range(0, 1024 * Gigabyte)]
    public long UploadBytesPerHour { get; set; }

    /// <summary>Uploaded bytes per hour from one address: 0–1 TB.</summary>
    [Range(0, 1024 * Gigabyte)]
    public long AddressUploadBytesPerHour { get; set; } = 20 * Gigabyte;

    /// <summary>Concurrent uploads from one address: 0–10,000.</summary>
    [Range(0, 10_000)]
    public int AddressUploads { get; set; } = 64;

    /// <summary>Concurrent event streams and waiting requests of one owner: 0–100,000.</summary>
    [Range(0, 100_000)]
    public int Streams { get; set; }

    /// <summary>Concurrent event streams and waiting requests from one address: 0–100,000.</summary>
    [Range(0, 100_000)]
    public int AddressStreams { get; set; } = 2000;

    /// <summary>
    /// Invalid keys per minute from one address: 0–1,000,000. Beyond that, requests with a key are rejected for the rest of the
    /// minute.
    /// </summary>
    [Range(0, 1_000_000)]
    public int WrongKeysPerMinute { get; set; } = 60;
}

/// <summary>Validates the options at startup.</summary>
[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
