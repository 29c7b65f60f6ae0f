using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Webhooks;

/// <summary>
/// Who is told of finished generations, and with which secrets that is signed. APIs and silos need the same settings. Where
/// webhooks may be sent is a matter of <c>VideoGen:Outgoing</c>, as for every address that others name.
/// </summary>
public sealed class WebhookOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:Webhooks";

    /// <summary>
    /// The secret that signs: <c>whsec_</c> and the Base64 of 24–64 random bytes. Several with blanks between them all sign, which
    /// lets receivers change over. Without one, owners that have none of their own get no webhooks.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>Where generations are announced whose order names no address.</summary>
    public string? Url { get; set; }

    /// <summary>The same for single owners, by name; what an owner has of its own counts instead.</summary>
    public Dictionary<string, WebhookOwner> Owners { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether an order may name an <c>http</c> address. It is called only where <c>VideoGen:Outgoing:Allow</c> has it.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>How long a receiver may take to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Requests of one silo to one host at a time: 1–64.</summary>
    [Range(1, 64)]
    public int MaxConcurrentPerHost { get; set; } = 4;

    /// <summary>Requests of one silo at a time: 1–1,024.</summary>
    [Range(1, 1024)]
    public int MaxConcurrent { get; set; } = 64;

    /// <summary>
    /// The waits before the second attempt and every further one, with blanks between them; with the last one the delivery is given
    /// up. By default those of the specification: ten attempts in three days.
    /// </summary>
    public string RetryDelays { get; set; } =
        "00:00:05 00:05:00 00:30:00 02:00:00 05:00:00 10:00:00 14:00:00 20:00:00 1.00:00:00";

    /// <summary>The secrets that sign what an owner is told; none when there is no secret.</summary>
    public IReadOnlyList<string> SecretsOf(string owner) => Words(Owners.GetValueOrDefault(owner)?.Secret is { Length: > 0 } own
        ? own
        : Secret);

    /// <summary>Where an owner is told when the order does not say; null when nowhere.</summary>
    public string? UrlOf(string owner) => Owners.GetValueOrDefault(owner)?.Url is { Length: > 0 } own ? own
        : Url is { Length: > 0 } all ? all
        : null;

    internal static string[] Words(string? text) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}

/// <summary>What one owner has of its own.</summary>
public sealed class WebhookOwner
{
    /// <summary>As <see cref="WebhookOptions.Secret"/>.</summary>
    public string? Secret { get; set; }

    /// <summary>As <see cref="WebhookOptions.Url"/>.</summary>
    public string? Url { get; set; }
}

/// <summary>Checks the bounds at the start.</summary>
[OptionsValidator]
public sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
