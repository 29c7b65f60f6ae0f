using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Hosting;

/// <summary>Who may look into the silos with the Orleans dashboard.</summary>
public sealed class OperatorDashboardOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Dashboard";

    /// <summary>
    /// The password of the dashboard, at least 16 characters; without one there is no dashboard. It shows the state of grains, and
    /// so what users wrote.
    /// </summary>
    [RegularExpression(".{16,}", ErrorMessage = $"{Section}:{nameof(Token)} must have at least 16 characters: it opens everything.")]
    public string? Token { get; set; }

    /// <summary>Whether there is a dashboard.</summary>
    public bool IsEnabled => !string.IsNullOrEmpty(Token);
}

/// <summary>Checks the settings at the start.</summary>
[OptionsValidator]
public sealed partial class OperatorDashboardOptionsValidator : IValidateOptions<OperatorDashboardOptions>;
