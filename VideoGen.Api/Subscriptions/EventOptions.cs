using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Subscriptions;

/// <summary>The limits of event streams and waiting requests.</summary>
internal sealed class EventOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Live";

    /// <summary>Concurrent event streams and waiting requests in this process: 1–100,000.</summary>
    [Range(1, 100_000)]
    public int MaxStreams { get; set; } = 10_000;

    /// <summary>The time without events after which a stream sends a heartbeat, so that proxies do not close it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The maximum time between two reads of a generation with subscriptions.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ReadAgain { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Validates the options at startup.</summary>
[OptionsValidator]
internal sealed partial class EventOptionsValidator : IValidateOptions<EventOptions>;
