using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Authentication;

/// <summary>Where the keys are, and how long links to media hold.</summary>
internal sealed class KeyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Keys";

    /// <summary>The key file; <c>keys.json</c> in the data directory when it is not set. All API processes need the same one.</summary>
    public string? File { get; set; }

    /// <summary>A signed link to a film or picture holds at least so long: 1 hour to 7 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")]
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromHours(12);
}

/// <summary>Checks the settings at the start.</summary>
[OptionsValidator]
internal sealed partial class KeyOptionsValidator : IValidateOptions<KeyOptions>;
