using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>The part of the inference settings that renders inside this process read.</summary>
internal sealed class LocalRenderOptions
{
    public const string SectionName = "VideoGen:Inference";

    /// <summary>Renders at once; the cluster-wide budget has the same bound, so that what it grants does not wait here again.</summary>
    [Range(1, 1000)]
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>Renders that may wait for a place; beyond that, orders are turned away.</summary>
    [Range(1, 100_000)]
    public int MaxWaiting { get; set; } = 1000;

    /// <summary>How many ends are remembered, so that whoever asks learns them.</summary>
    [Range(1, 100_000)]
    public int MaxRemembered { get; set; } = 1000;

    /// <summary>How long an end is remembered.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class LocalRenderOptionsValidator : IValidateOptions<LocalRenderOptions>;
