using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Hosting;

/// <summary>Access to the Orleans dashboard.</summary>
public sealed class OperatorDashboardOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Dashboard";

    /// <summary>
    /// The password of the dashboard, at least 16 characters; without one there is no dashboard. The dashboard shows grain state,
    /// which includes what users wrote.
    /// </summary>
    [RegularExpression(".{16,}", ErrorMessage = $"{Section}:{nameof(Token)} must have at least 16 characters.")]
    public string? Token { get; set; }

    /// <summary>Whether the dashboard is enabled.</summary>
    public bool IsEnabled => !string.IsNullOrEmpty(Token);
}

/// <summary>Validates the settings at startup.</summary>
[OptionsValidator]
public sealed partial class OperatorDashboardOptionsValidator : IValidateOptions<OperatorDashboardOptions>;
