using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Outgoing;

/// <summary>
/// Which addresses named by a provider or a user may be called. Addresses from our own settings are not checked.
/// </summary>
internal sealed class OutgoingOptions
{
    public const string Section = "VideoGen:Outgoing";

    /// <summary>
    /// Hosts, addresses and networks, separated by commas or spaces (<c>media.intranet, 10.20.0.0/16</c>), that may be called
    /// although they are not public, also over plain http and at any port.
    /// </summary>
    public string Allow { get; set; } = "";

    internal string[] Entries => Allow.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

internal sealed class OutgoingOptionsValidator : IValidateOptions<OutgoingOptions>
{
    public ValidateOptionsResult Validate(string? name, OutgoingOptions options) =>
        Array.Find(options.Entries, entry => !AllowList.IsEntry(entry)) is { } wrong
            ? ValidateOptionsResult.Fail(
                $"{OutgoingOptions.Section}:Allow contains {wrong}, "
                + "which is not a host, address or network such as 10.20.0.0/16.")
            : ValidateOptionsResult.Success;
}
