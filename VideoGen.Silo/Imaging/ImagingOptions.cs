using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Imaging;

/// <summary>Limits for uploaded pictures, and the format they are stored in.</summary>
internal sealed class ImagingOptions
{
    public const string Section = "VideoGen:Imaging";

    /// <summary>
    /// Pictures with more pixels are refused before any pixel is decoded. This limits the memory of decoding (up to 11 bytes per
    /// pixel) and, with <see cref="MaxTime"/>, its time.
    /// </summary>
    [Range(1_000_000, 200_000_000)]
    public int MaxPixels { get; set; } = 50_000_000;

    /// <summary>
    /// The same limit for AVIF, whose decoder holds the whole picture several times (16 bytes per pixel and more).
    /// </summary>
    [Range(1_000_000, 200_000_000)]
    public int MaxAvifPixels { get; set; } = 25_000_000;

    /// <summary>The longest accepted side, in pixels.</summary>
    [Range(1_024, 65_535)]
    public int MaxSide { get; set; } = 12_000;

    /// <summary>The shortest accepted side, in pixels; it also applies to the stored picture.</summary>
    [Range(1, 1_024)]
    public int MinSide { get; set; } = 64;

    /// <summary>Larger pictures are scaled down until their longest side has this many pixels.</summary>
    [Range(1_024, 8_192)]
    public int MaxOutputSide { get; set; } = 2_048;

    /// <summary>Quality of the stored JPEG.</summary>
    [Range(50, 100)]
    public int JpegQuality { get; set; } = 90;

    /// <summary>
    /// Time limit for decoding one picture. Decoding is stopped at the next strip of pixels. What happens before the first strip
    /// (a progressive JPEG, a WebP or an AVIF is decoded as a whole) is limited by the number of pixels.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan MaxTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pictures decoded at the same time; each uses one core.</summary>
    [Range(1, 64)]
    public int MaxConcurrent { get; set; } = 2;
}

[OptionsValidator]
internal sealed partial class ImagingOptionsValidator : IValidateOptions<ImagingOptions>;
