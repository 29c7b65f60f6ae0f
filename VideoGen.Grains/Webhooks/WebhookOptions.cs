using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Webhooks;

/// <summary>
/// The receivers of webhooks for finished generations, and the secrets that sign them. APIs and silos need the same settings.
/// Which addresses may be called is configured in <c>VideoGen:Outgoing</c>, as for every external address.
/// </summary>
public sealed class WebhookOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Webhooks";

    /// <summary>
    /// The signing secret: <c>whsec_</c> and the Base64 of 24–64 random bytes. Several secrets, separated by spaces, all sign, so
    /// that receivers can rotate them. Without a secret, owners that have none of their own get no webhooks.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>The address for generations that were created without one.</summary>
    public string? Url { get; set; }

    /// <summary>The same for individual owners, by name; an owner's own values override the others.</summary>
    public Dictionary<string, WebhookOwner> Owners { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a request may name an <c>http</c> address. It is called only if <c>VideoGen:Outgoing:Allow</c> contains it.
    /// </summary>
    public bool AllowHttp { get; set; }

    /// <summary>How long a receiver may take to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Concurrent requests from one silo to one host: 1–64.</summary>
    [Range(1, 64)]
    public int MaxConcurrentPerHost { get; set; } = 4;

    /// <summary>Concurrent requests from one silo: 1–1,024.</summary>
    [Range(1, 1024)]
    public int MaxConcurrent { get; set; } = 64;

    /// <summary>
    /// The delays before the second attempt and every further one, separated by spaces; after the last one the delivery is given
    /// up. The default is that of the specification: ten attempts in three days.
    /// </summary>
    public string RetryDelays { get; set; } =
        "00:00:05 00:05:00 00:30:00 02:00:00 05:00:00 10:00:00 14:00:00 20:00:00 1.00:00:00";

    /// <summary>The secrets that sign an owner's webhooks; empty when there are none.</summary>
    public IReadOnlyList<string> SecretsOf(string owner) => Words(Owners.GetValueOrDefault(owner)?.Secret is { Length: > 0 } own
        ? own
        : Secret);

    /// <summary>The address for an owner's webhooks if the request has none; null when there is none.</summary>
    public string? UrlOf(string owner) => Owners.GetValueOrDefault(owner)?.Url is { Length: > 0 } own ? own
        : Url is { Length: > 0 } all ? all
        : null;

    internal static string[] Words(string? text) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}

/// <summary>The settings of one owner.</summary>
public sealed class WebhookOwner
{
    /// <summary>As <see cref="WebhookOptions.Secret"/>.</summary>
    public string? Secret { get; set; }

    /// <summary>As <see cref="WebhookOptions.Url"/>.</summary>
    public string? Url { get; set; }
}

/// <summary>Validates the ranges at startup.</summary>
[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
