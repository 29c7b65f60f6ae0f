using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Media;

/// <summary>Where media files are stored, and how much of that disk is kept free.</summary>
public sealed class MediaOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen";

    /// <summary>
    /// The directory for all files of this server, relative to the working directory. Everything below its <c>media</c> directory
    /// must be on one disk, because files are moved there by renaming. Several processes may share it.
    /// </summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>New uploads and generations are refused while fewer bytes than this are free; 0 disables the check.</summary>
    [Range(0, long.MaxValue)]
    public long DiskReserveBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>The full path of the directory that holds all media.</summary>
    public string MediaDirectory => Path.GetFullPath(Path.Combine(DataDirectory, "media"));
}

[OptionsValidator]
internal sealed partial class MediaOptionsValidator : IValidateOptions<MediaOptions>;
