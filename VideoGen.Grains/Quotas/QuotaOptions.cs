using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Quotas;

/// <summary>The quotas per owner, counted across the cluster; 0 means no limit. All processes need the same settings.</summary>
public sealed class QuotaOptions
{
    /// <summary>The configuration section, shared with the limits of each API process.</summary>
    public const string Section = "VideoGen:Limits";

    /// <summary>
    /// Submissions per minute on average, and as many at once after a pause; retries and regenerations count: 0–100,000.
    /// </summary>
    [Range(0, 100_000)]
    public int SubmitsPerMinute { get; set; }

    /// <summary>Generations that have not ended: 0–1,000.</summary>
    [Range(0, 1000)]
    public int Unfinished { get; set; }

    /// <summary>Submissions per day (UTC); regenerations, and retries that have to render again, count: 0–1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int RendersPerDay { get; set; }

    internal bool IsOff => this is { SubmitsPerMinute: 0, Unfinished: 0, RendersPerDay: 0 };
}

/// <summary>Validates the settings at startup.</summary>
[OptionsValidator]
public sealed partial class QuotaOptionsValidator : IValidateOptions<QuotaOptions>;
