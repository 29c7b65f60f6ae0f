using System.Security.Cryptography;
using System.Text;
using VideoGen.Grains.Storage;

namespace VideoGen.Grains.Webhooks;

/// <summary>One address of an owner. Only disabled addresses are stored.</summary>
[GrainType("videogen.webhook-address")]
internal sealed class WebhookAddressGrain(
    [PersistentState("address")] IPersistentState<WebhookAddressState> state, TimeProvider time) : Grain, IWebhookAddressGrain
{
    public static string KeyOf(string owner, string url) =>
        $"{owner}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)))}";

    public Task<bool> IsDisabledAsync() => Task.FromResult(state.State.DisabledAt is not null);

    public Task DisableAsync() => SaveAsync(state.State with { DisabledAt = state.State.DisabledAt ?? time.GetUtcNow() });

    public Task EnableAsync() => state.RecordExists ? SaveAsync(state.State with { DisabledAt = null }) : Task.CompletedTask;

    private Task SaveAsync(WebhookAddressState next) => state.SaveAsync(next, DeactivateOnIdle);
}

/// <summary>Since when the address is disabled; null when it is enabled.</summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-address-state")]
internal sealed record WebhookAddressState
{
    [Id(0)] public DateTimeOffset? DisabledAt { get; init; }
}
