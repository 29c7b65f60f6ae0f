using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Outgoing;

/// <summary>Where calls may go whose address a provider or a user named. Addresses of our own settings are not asked.</summary>
internal sealed class OutgoingOptions
{
    public const string Section = "VideoGen:Outgoing";

    /// <summary>
    /// Hosts, addresses and networks, with commas or blanks between them (<c>media.intranet, 10.20.0.0/16</c>), that may be called
    /// although they are not public: over plain http too, and at any port.
    /// </summary>
    public string Allow { get; set; } = "";

    internal string[] Entries => Allow.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

internal sealed class OutgoingOptionsValidator : IValidateOptions<OutgoingOptions>
{
    public ValidateOptionsResult Validate(string? name, OutgoingOptions options) =>
        Array.Find(options.Entries, entry => !AllowList.IsEntry(entry)) is { } wrong
            ? ValidateOptionsResult.Fail(
                $"{OutgoingOptions.Section}:Allow has {wrong}, which is no host, address or network such as 10.20.0.0/16.")
            : ValidateOptionsResult.Success;
}
