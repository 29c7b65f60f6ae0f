using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Generations;

/// <summary>How patient a generation is.</summary>
public sealed class GenerationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Generation";

    /// <summary>How often an order is sent at most, when the backend certainly did not take it before: 1–20.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long an order may take from its first attempt to the film, the time in the queue not counted.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(30);

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
