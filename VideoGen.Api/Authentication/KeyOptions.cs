using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Authentication;

/// <summary>Options of API keys and signed media links.</summary>
internal sealed class KeyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Keys";

    /// <summary>
    /// The key file. The default is <c>keys.json</c> in the data directory. All API processes need the same file.
    /// </summary>
    public string? File { get; set; }

    /// <summary>The minimum lifetime of a signed link to a video or picture: 1 hour to 7 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")]
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromHours(12);
}

/// <summary>Validates the options at startup.</summary>
[OptionsValidator]
internal sealed partial class KeyOptionsValidator : IValidateOptions<KeyOptions>;
