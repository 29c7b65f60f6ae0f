using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Pipeline;

/// <summary>What is asked of every connection and request, and who may use the answers.</summary>
internal sealed class PipelineOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Http";

    private const string Anyone = "*";

    /// <summary>Origins whose pages may use the API, with commas between them: <c>https://app.example</c>; <c>*</c> for all.</summary>
    [Required]
    public string Origins { get; set; } = Anyone;

    /// <summary>Sends plain requests to https. Behind a proxy that ends TLS, name it in <c>VideoGen:Proxies</c> as well.</summary>
    public bool RedirectToHttps { get; set; }

    /// <summary>The port that browsers are sent to then: 1–65,535.</summary>
    [Range(1, 65_535)]
    public int HttpsPort { get; set; } = 443;

    /// <summary>For how many days browsers use nothing but https for this host; 0 does not ask them to: 0–3,650.</summary>
    [Range(0, 3650)]
    public int HstsDays { get; set; }

    /// <summary>A client that sends or takes in fewer bytes per second is cut off: 1–1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int MinBytesPerSecond { get; set; } = 512;

    /// <summary>How long it may be slower than that: 2 s to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:05:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the head of a request may take: 1 s to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a request may take that neither uploads nor watches nor fetches media: 1 s to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    internal bool AllowsAnyone => Origins.Trim() == Anyone;

    internal string[] AllowedOrigins => Origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

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

/// <summary>Checks the settings at the start.</summary>
[OptionsValidator]
internal sealed partial class PipelineOptionsValidator : IValidateOptions<PipelineOptions>;
