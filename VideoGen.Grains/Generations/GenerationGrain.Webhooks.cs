using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.Generations;

/// <summary>
/// Hands ends over to their delivery. The reminder goes only afterwards, so a crash in between does it again; the delivery knows
/// what it has.
/// </summary>
internal sealed partial class GenerationGrain
{
    private IWebhookGrain Webhook => GrainFactory.GetGrain<IWebhookGrain>(Id);

    private async Task AnnounceAsync()
    {
        if (!_generation.OwesWebhooks)
        {
            return;
        }

        var events = _generation.OwedEvents();
        await Webhook.DeliverAsync(new WebhookOrder(_generation.Request!.Owner, _generation.Request.WebhookUrl!, events));
        await ChangeAsync(generation => generation.Announced(events[^1].Version));
    }

    private Task ForgetWebhooksAsync() => _generation.Request!.WebhookUrl is null ? Task.CompletedTask : Webhook.ForgetAsync();
}
