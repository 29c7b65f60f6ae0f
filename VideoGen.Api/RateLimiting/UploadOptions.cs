using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.RateLimiting;

/// <summary>How much of uploads is taken in at once.</summary>
public sealed class UploadOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Media";

    /// <summary>The size of a picture file in bytes above which it is refused.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public int MaxUploadBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Uploads that come in at once; more are asked to come again. Each may take <see cref="MaxUploadBytes"/> of scratch disk.</summary>
    [Range(1, 10_000)]
    public int MaxArrivingUploads { get; set; } = 1024;

    /// <summary>Uploads held in memory at once; each may take <see cref="MaxUploadBytes"/>.</summary>
    [Range(1, 1024)]
    public int MaxConcurrentUploads { get; set; } = 16;

    /// <summary>Uploads that wait for one of those places; more are asked to come again.</summary>
    [Range(0, 100_000)]
    public int MaxWaitingUploads { get; set; } = 256;
}

[OptionsValidator]
internal sealed partial class UploadOptionsValidator : IValidateOptions<UploadOptions>;
