using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Operator;

/// <summary>Access to the pages for the operator: the upstreams and models, and the Orleans dashboard.</summary>
public sealed class OperatorDashboardOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Dashboard";

    /// <summary>
    /// The password of these pages, at least 16 characters; without one there are none. The dashboard shows grain state, which
    /// includes what users wrote.
    /// </summary>
    [RegularExpression(".{16,}", ErrorMessage = $"{Section}:{nameof(Token)} must have at least 16 characters.")]
    public string? Token { get; set; }

    /// <summary>Whether the pages exist.</summary>
    public bool IsEnabled => !string.IsNullOrEmpty(Token);
}

/// <summary>Validates the settings at startup.</summary>
[OptionsValidator]
public sealed partial class OperatorDashboardOptionsValidator : IValidateOptions<OperatorDashboardOptions>;
