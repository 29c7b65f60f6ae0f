using Orleans.Concurrency;

namespace VideoGen.Grains.Webhooks;

/// <summary>
/// Remembers whether an address answered 410 to an owner; the key is <c>{owner}/{SHA-256 of the address}</c>, because addresses
/// may contain passwords.
/// </summary>
[GrainInterfaceType("videogen.webhook-address")]
internal interface IWebhookAddressGrain : IGrainWithStringKey
{
    /// <summary>Whether webhooks to this address are disabled.</summary>
    [Alias("is-disabled"), AlwaysInterleave]
    Task<bool> IsDisabledAsync();

    /// <summary>The receiver answered 410.</summary>
    [Alias("disable")]
    Task DisableAsync();

    /// <summary>The owner wants the address to be called again.</summary>
    [Alias("enable")]
    Task EnableAsync();
}
