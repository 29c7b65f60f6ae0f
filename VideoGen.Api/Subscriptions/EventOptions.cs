using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Subscriptions;

/// <summary>How watching is bounded.</summary>
internal sealed class EventOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Live";

    /// <summary>Event streams and waiting requests in this process at a time: 1–100,000.</summary>
    [Range(1, 100_000)]
    public int MaxStreams { get; set; } = 10_000;

    /// <summary>A stream that had nothing to say for so long says that it is alive, before a proxy cuts it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest time after which a watched generation that was not heard of is read again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ReadAgain { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Checks the settings at the start.</summary>
[OptionsValidator]
internal sealed partial class EventOptionsValidator : IValidateOptions<EventOptions>;
