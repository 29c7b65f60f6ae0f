using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>How patient a generation is.</summary>
public sealed class GenerationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Generation";

    /// <summary>How often an order is sent at most, when the backend certainly did not take it before: 1–20.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long an attempt may take from its submit to the video; the time in the queue does not count.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long an order waits at most for an upstream that refuses everybody; the queue before that does not count.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many answers in a row it takes to believe that a paid job or its result is lost or unusable: 1-20.</summary>
    [Range(1, 20)]
    public int SuspectAnswers { get; set; } = 3;

    /// <summary>Over how long these answers have to come.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SuspectTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The wait before the second attempt; it doubles with every further one, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between two attempts, whatever the provider asks for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The wait between the first polls; it grows to <see cref="MaxPollInterval"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two polls.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan MaxPollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a backend that does not answer is asked to cancel, before the end is taken as not confirmed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan CancelPatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether the film as the backend returned it is kept beside the finished one.</summary>
    public bool KeepOriginal { get; set; }
}

/// <summary>Checks the settings at the start.</summary>
[OptionsValidator]
public sealed partial class GenerationOptionsValidator : IValidateOptions<GenerationOptions>;
