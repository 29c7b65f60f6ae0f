using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Imaging;

/// <summary>What pictures are taken in, and what becomes of them.</summary>
internal sealed class ImagingOptions
{
    public const string Section = "VideoGen:Imaging";

    /// <summary>
    /// Pictures of more pixels are refused before any is decoded. This is what bounds the memory of decoding (up to 11 bytes a
    /// pixel) and, with <see cref="MaxTime"/>, its time.
    /// </summary>
    [Range(1_000_000, 200_000_000)]
    public int MaxPixels { get; set; } = 50_000_000;

    /// <summary>The same for AVIF, whose decoder holds the whole picture several times (16 bytes a pixel and more).</summary>
    [Range(1_000_000, 200_000_000)]
    public int MaxAvifPixels { get; set; } = 25_000_000;

    /// <summary>The longest side taken in, in pixels.</summary>
    [Range(1_024, 65_535)]
    public int MaxSide { get; set; } = 12_000;

    /// <summary>The shortest side taken in, in pixels; the stored picture keeps to it too.</summary>
    [Range(1, 1_024)]
    public int MinSide { get; set; } = 64;

    /// <summary>Larger pictures are scaled down until their longest side has this many pixels.</summary>
    [Range(1_024, 8_192)]
    public int MaxOutputSide { get; set; } = 2_048;

    /// <summary>Quality of the stored JPEG.</summary>
    [Range(50, 100)]
    public int JpegQuality { get; set; } = 90;

    /// <summary>
    /// How long one picture may be decoded. It is cut off at the next strip of pixels; what comes before the first one (a progressive
    /// JPEG, a WebP or an AVIF are decoded whole) is bounded by their pixels.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan MaxTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pictures decoded at the same time; each keeps one core busy.</summary>
    [Range(1, 64)]
    public int MaxConcurrent { get; set; } = 2;
}

[OptionsValidator]
internal sealed partial class ImagingOptionsValidator : IValidateOptions<ImagingOptions>;
