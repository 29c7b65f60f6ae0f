using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Retention;

/// <summary>
/// How long and how much is kept. Without limits videos are kept forever; uploads that nothing needs are deleted all the same.
/// </summary>
public sealed class RetentionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Retention";

    /// <summary>How long a finished generation keeps its video, from its end; null keeps it.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "36500.00:00:00")]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>How many bytes of videos one owner may have; beyond that the oldest expire. Null sets no limit.</summary>
    [Range(1, long.MaxValue)]
    public long? MaxBytesPerOwner { get; set; }

    /// <summary>How many bytes of videos there may be in total; beyond that the oldest expire. Null sets no limit.</summary>
    [Range(1, long.MaxValue)]
    public long? MaxBytesTotal { get; set; }

    /// <summary>How long an expired generation stays in the list before it is removed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan KeepExpired { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How old an upload that no generation needs must be before it is deleted; null keeps all. With less than an hour, a client
    /// could not rely on what it has just uploaded.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "36500.00:00:00")]
    public TimeSpan? UploadGrace { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The interval between two rounds over the videos; a limit may be exceeded for this long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The interval between two rounds over the uploads; each round reads every generation once.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan UploadInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether any video ever expires.</summary>
    public bool LimitsVideos => MaxAge is not null || MaxBytesPerOwner is not null || MaxBytesTotal is not null;
}

/// <summary>Validates the settings at startup.</summary>
[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
