using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Quotas;

namespace VideoGen.Api.RateLimiting;

/// <summary>
/// What one owner and one client address may do in this process; 0 is no limit. The defaults for addresses are far above what a
/// household or an office does. Loopback is no client: it is the operator, or a proxy that was not named in <c>VideoGen:Proxies</c>
/// and would be limited in the place of everybody behind it.
/// </summary>
internal sealed class LimitOptions
{
    /// <summary>The configuration section, shared with what is counted across the cluster.</summary>
    public const string Section = QuotaOptions.Section;

    private const long Gigabyte = 1024 * 1024 * 1024;

    /// <summary>Orders per minute from one address: 0–1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int AddressSubmitsPerMinute { get; set; } = 6000;

    /// <summary>Bytes of uploads per hour of one owner: 0–1 TB.</summary>
    [Range(0, 1024 * Gigabyte)]
    public long UploadBytesPerHour { get; set; }

    /// <summary>Bytes of uploads per hour from one address: 0–1 TB.</summary>
    [Range(0, 1024 * Gigabyte)]
    public long AddressUploadBytesPerHour { get; set; } = 20 * Gigabyte;

    /// <summary>Uploads that come in from one address at a time: 0–10,000.</summary>
    [Range(0, 10_000)]
    public int AddressUploads { get; set; } = 64;

    /// <summary>Event streams and waiting requests of one owner at a time: 0–100,000.</summary>
    [Range(0, 100_000)]
    public int Streams { get; set; }

    /// <summary>Event streams and waiting requests of one address at a time: 0–100,000.</summary>
    [Range(0, 100_000)]
    public int AddressStreams { get; set; } = 2000;

    /// <summary>Wrong keys per minute from one address; then no key from there is looked at until the minute is over: 0–1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int WrongKeysPerMinute { get; set; } = 60;
}

/// <summary>Checks the settings at the start.</summary>
[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
