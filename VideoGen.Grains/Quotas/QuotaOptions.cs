using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Quotas;

/// <summary>What each owner may order, counted across the cluster; 0 is no limit. All processes need the same settings.</summary>
public sealed class QuotaOptions
{
    /// <summary>The configuration section, shared with what each API process limits by itself.</summary>
    public const string Section = "VideoGen:Limits";

    /// <summary>Orders per minute on average, and as many at once after a pause; retries and regenerations count: 0–100,000.</summary>
    [Range(0, 100_000)]
    public int SubmitsPerMinute { get; set; }

    /// <summary>Generations that have not ended: 0–1,000.</summary>
    [Range(0, 1000)]
    public int Unfinished { get; set; }

    /// <summary>Orders per day (UTC); retries that have to be rendered anew and regenerations count: 0–1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int RendersPerDay { get; set; }

    internal bool IsOff => this is { SubmitsPerMinute: 0, Unfinished: 0, RendersPerDay: 0 };
}

/// <summary>Checks the settings at the start.</summary>
[OptionsValidator]
public sealed partial class AllowanceOptionsValidator : IValidateOptions<QuotaOptions>;
