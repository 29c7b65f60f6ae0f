using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Pipeline;

/// <summary>Limits of connections and requests, and the origins that may read responses.</summary>
internal sealed class PipelineOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Http";

    private const string Anyone = "*";

    /// <summary>Origins whose pages may use the API, separated by commas: <c>https://app.example</c>; <c>*</c> for all.</summary>
    [Required]
    public string Origins { get; set; } = Anyone;

    /// <summary>Redirects HTTP requests to HTTPS. Behind a proxy that terminates TLS, also set <c>VideoGen:Proxies</c>.</summary>
    public bool RedirectToHttps { get; set; }

    /// <summary>The port of the redirect: 1–65,535.</summary>
    [Range(1, 65_535)]
    public int HttpsPort { get; set; } = 443;

    /// <summary>The number of days for which browsers use only HTTPS for this host: 0–3,650. 0 disables it.</summary>
    [Range(0, 3650)]
    public int HstsDays { get; set; }

    /// <summary>The minimum data rate of a client in bytes per second: 1–1,000,000. Slower clients are disconnected.</summary>
    [Range(1, 1_000_000)]
    public int MinBytesPerSecond { get; set; } = 512;

    /// <summary>How long a client may be slower: 2 s to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:05:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The maximum time for request headers: 1 s to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The maximum time for a request, except for uploads, event streams and media: 1 s to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    internal bool AllowsAnyone => Origins.Trim() == Anyone;

    internal string[] AllowedOrigins =>
        Origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!AllowsAnyone && AllowedOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong)
        {
            yield return new ValidationResult(
                $"{wrong} is not an origin. Use a value such as https://app.example, without a path, or * alone.",
                [nameof(Origins)]);
        }
    }

    private static bool IsOrigin(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && text.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}

/// <summary>Validates the options at startup.</summary>
[OptionsValidator]
internal sealed partial class PipelineOptionsValidator : IValidateOptions<PipelineOptions>;
