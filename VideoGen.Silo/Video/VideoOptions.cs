using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Video;

/// <summary>Which ffmpeg is used, and how much of the machine it may use.</summary>
internal sealed class VideoOptions
{
    public const string Section = "VideoGen:Video";

    /// <summary>A path, or a name to look up in PATH.</summary>
    [Required]
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>A path, or a name to look up in PATH.</summary>
    [Required]
    public string FfprobePath { get; set; } = "ffprobe";

    /// <summary>Concurrent tool processes; others wait in order of arrival. By default one core is left for requests.</summary>
    [Range(1, 256)]
    public int MaxConcurrent { get; set; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>How long one tool process may run before it is killed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Threads of one tool process.</summary>
    public int Threads => Math.Max(1, Environment.ProcessorCount / MaxConcurrent);
}

[OptionsValidator]
internal sealed partial class VideoOptionsValidator : IValidateOptions<VideoOptions>;
