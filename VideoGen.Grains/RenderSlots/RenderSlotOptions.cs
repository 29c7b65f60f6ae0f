using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.RenderSlots;

/// <summary>How many generations may run and wait, per backend and across the whole cluster.</summary>
public sealed class RenderSlotOptions
{
    /// <summary>The configuration section, shared with the choice of the backend.</summary>
    public const string Section = "VideoGen:Inference";

    /// <summary>Concurrent renders: 1–1,000.</summary>
    [Range(1, 1000)]
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>Unfinished generations, running and waiting; further ones are answered with 429: 1–1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxUnfinished { get; set; } = 10_000;

    /// <summary>
    /// When a paused upstream is probed, unless it says when itself; the delay doubles after each further refusal, up to five
    /// minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan FirstProbeDelay { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a holder may be silent before it is asked whether it still needs its slot.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:15")]
    public TimeSpan HolderCheckInterval { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Validates the settings at startup.</summary>
[OptionsValidator]
public sealed partial class RenderSlotOptionsValidator : IValidateOptions<RenderSlotOptions>;
