using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.RateLimiting;

/// <summary>The limits of uploads.</summary>
public sealed class UploadOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Media";

    /// <summary>The maximum size of a picture file in bytes.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public int MaxUploadBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>
    /// The maximum number of concurrent uploads. Further ones get a 503. Each can take <see cref="MaxUploadBytes"/> of scratch
    /// disk.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxArrivingUploads { get; set; } = 1024;

    /// <summary>The maximum number of uploads in memory. Each can take <see cref="MaxUploadBytes"/>.</summary>
    [Range(1, 1024)]
    public int MaxConcurrentUploads { get; set; } = 16;

    /// <summary>The maximum number of complete uploads that wait for memory. Further ones get a 503.</summary>
    [Range(0, 100_000)]
    public int MaxWaitingUploads { get; set; } = 256;
}

[OptionsValidator]
internal sealed partial class UploadOptionsValidator : IValidateOptions<UploadOptions>;
