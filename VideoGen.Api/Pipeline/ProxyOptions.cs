using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// The proxies whose forwarded headers are trusted. The default is none: any client can send <c>X-Forwarded-For</c> to evade the
/// limits of its address.
/// </summary>
internal sealed class ProxyOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen";

    /// <summary>Addresses and networks of proxies, separated by commas: <c>10.0.0.0/8,192.168.7.1</c>.</summary>
    public string Proxies { get; set; } = "";

    internal bool Any => Entries.Length > 0;

    internal string[] Entries => Proxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Entries.FirstOrDefault(entry => NetworkOf(entry) is null) is { } wrong)
        {
            yield return new ValidationResult(
                $"{wrong} is neither an address nor a network such as 10.0.0.0/8.", [nameof(Proxies)]);
        }
    }

    /// <summary>A single address is a network of one.</summary>
    internal static IPNetwork? NetworkOf(string entry) => IPNetwork.TryParse(entry, out var network) ? network
        : IPAddress.TryParse(entry, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}

/// <summary>Validates the options at startup.</summary>
[OptionsValidator]
internal sealed partial class ProxyOptionsValidator : IValidateOptions<ProxyOptions>;
