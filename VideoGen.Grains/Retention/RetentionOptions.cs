using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Retention;

/// <summary>How long and how much is kept. Without limits films are kept for ever; uploads that nothing needs go all the same.</summary>
public sealed class RetentionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Retention";

    /// <summary>How long a finished generation keeps its film, from its end; null keeps it.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "36500.00:00:00")]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>How many bytes of films one owner has; above it the oldest go. Null sets no limit.</summary>
    [Range(1, long.MaxValue)]
    public long? MaxBytesPerOwner { get; set; }

    /// <summary>How many bytes of films there are in all; above it the oldest go. Null sets no limit.</summary>
    [Range(1, long.MaxValue)]
    public long? MaxBytesTotal { get; set; }

    /// <summary>How long an expired generation stays in the list before it vanishes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan KeepExpired { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How old an upload that no generation needs must be before it is collected; null keeps all. Below an hour a client could not
    /// rely on what it uploaded a moment ago.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "36500.00:00:00")]
    public TimeSpan? UploadGrace { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The time between two rounds over the films; a quota may be exceeded for so long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The time between two rounds over the uploads: each reads every generation once.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan UploadInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether any film ever expires.</summary>
    public bool LimitsVideos => MaxAge is not null || MaxBytesPerOwner is not null || MaxBytesTotal is not null;
}

/// <summary>Checks the settings at the start.</summary>
[OptionsValidator]
public sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
