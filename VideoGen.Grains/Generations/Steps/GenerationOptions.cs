using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>Retries, deadlines and poll intervals of generations.</summary>
public sealed class GenerationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Generation";

    /// <summary>How often a request is sent at most, if the backend certainly did not accept it before: 1–20.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long an attempt may take from its submit to the video; time in the queue does not count.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long a generation waits at most for a paused upstream; time in the queue before the pause does not count.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many answers in a row it takes to believe that a paid job or its result is lost or unusable: 1-20.</summary>
    [Range(1, 20)]
    public int SuspectAnswers { get; set; } = 3;

    /// <summary>The minimum time over which these answers have to come.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SuspectTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The delay before the second attempt; it doubles with every further one, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest delay between two attempts, whatever the provider asks for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The interval between the first polls; it grows to <see cref="MaxPollInterval"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest interval between two polls.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan MaxPollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a backend that does not answer is asked to cancel, before the cancellation counts as unconfirmed.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan CancelPatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether the video as the backend returned it is kept next to the finished one.</summary>
    public bool KeepOriginal { get; set; }
}

/// <summary>Validates the settings at startup.</summary>
[OptionsValidator]
public sealed partial class GenerationOptionsValidator : IValidateOptions<GenerationOptions>;
