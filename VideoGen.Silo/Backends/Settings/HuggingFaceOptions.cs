using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Backends.Settings;

/// <summary>
/// How Hugging Face is called: Inference Providers through the router, or a dedicated endpoint. The token is not part of the
/// options.
/// </summary>
internal sealed class HuggingFaceOptions
{
    public const string Section = "VideoGen:HuggingFace";

    /// <summary>What <see cref="Provider"/> can be.</summary>
    public static readonly IReadOnlyList<string> Providers = ["auto", "fal-ai", "wavespeed", "together", "novita"];

    private const string ModelId = @"[\w.-]+/[\w.-]+";

    /// <summary>Model id on the Hub.</summary>
    [Required]
    [RegularExpression(ModelId, ErrorMessage = Section + ":Model must be a model id such as Wan-AI/Wan2.2-I2V-A14B.")]
    public string Model { get; set; } = "Wan-AI/Wan2.2-I2V-A14B";

    /// <summary>Whether this can be a model id on the Hub.</summary>
    public static bool IsModelId(string? name) => name is not null && new RegularExpressionAttribute(ModelId).IsValid(name);

    /// <summary><c>auto</c>, or the id of a provider that this build supports.</summary>
    [Required]
    [AllowedValues("auto", "fal-ai", "wavespeed", "together", "novita",
        ErrorMessage = Section + ":Provider must be auto, fal-ai, wavespeed, together or novita.")]
    public string Provider { get; set; } = "auto";

    /// <summary>The address of the Hub, where models are looked up.</summary>
    [Required, HttpUrl]
    public Uri HubUrl { get; set; } = new("https://huggingface.co");

    /// <summary>The address of the router for submits and polls; the provider's id follows in the path.</summary>
    [Required, HttpUrl]
    public Uri RouterUrl { get; set; } = new("https://router.huggingface.co");

    /// <summary>A dedicated endpoint, or any server that answers a picture with a video.</summary>
    [HttpUrl]
    public Uri? EndpointUrl { get; set; }

    /// <summary>
    /// What is sent to the endpoint: <c>json</c> (base64 and parameters), or <c>image</c> (the picture alone, no script).
    /// </summary>
    [Required, AllowedValues("json", "image", ErrorMessage = Section + ":EndpointBody must be json or image.")]
    public string EndpointBody { get; set; } = "json";

    /// <summary>Organisation or resource group to bill (<c>X-HF-Bill-To</c>).</summary>
    [RegularExpression(@"[\w.-]+", ErrorMessage = Section + ":BillTo must be the name of an organisation or a resource group.")]
    public string? BillTo { get; set; }

    /// <summary>Allows videos to be downloaded from this machine over plain http: for tests only.</summary>
    public bool AllowLoopback { get; set; }

    /// <summary>The largest video that is downloaded, in bytes.</summary>
    [Range(1_000_000, 2_000_000_000)]
    public long MaxResultBytes { get; set; } = 200_000_000;

    /// <summary>Timeout for a model lookup.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan HubTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Timeout for a submit: uploading several megabytes and being accepted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SubmitTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Timeout for one poll or one cancel.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time without a byte after which a video download is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan DownloadIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Timeout for a whole video download, so that a slow server cannot hold it forever.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan DownloadTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Timeout for one synchronous call to the endpoint.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan EndpointTimeout { get; set; } = TimeSpan.FromMinutes(10);
}

[OptionsValidator]
internal sealed partial class HuggingFaceOptionsValidator : IValidateOptions<HuggingFaceOptions>;

/// <summary>
/// An absolute http or https address without user, query or fragment (on Linux <c>/x</c> is an absolute file URL).
/// </summary>
internal sealed class HttpUrlAttribute : ValidationAttribute
{
    /// <summary>Whether an address can be called; null counts as not set.</summary>
    public static bool IsHttp(object? value) =>
        value is null or Uri { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };

    public override bool IsValid(object? value) => IsHttp(value);

    public override string FormatErrorMessage(string name) =>
        $"{HuggingFaceOptions.Section}:{name} must be an http or https address without user info, query or fragment.";
}
