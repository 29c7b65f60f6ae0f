using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>The inference settings that renders inside this process use.</summary>
internal sealed class LocalRenderOptions
{
    public const string Section = "VideoGen:Inference";

    /// <summary>
    /// Concurrent renders. The cluster-wide render slots have the same limit, so a granted render does not wait here again.
    /// </summary>
    [Range(1, 1000)]
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>Renders that may wait; beyond that, requests are refused.</summary>
    [Range(1, 100_000)]
    public int MaxWaiting { get; set; } = 1000;

    /// <summary>How many ended renders are remembered, so that callers can learn their outcome.</summary>
    [Range(1, 100_000)]
    public int MaxRemembered { get; set; } = 1000;

    /// <summary>How long an ended render is remembered.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class LocalRenderOptionsValidator : IValidateOptions<LocalRenderOptions>;
