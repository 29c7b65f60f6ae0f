namespace VideoGen.Grains.Webhooks;

/// <summary>The durable safety net of webhooks that are not delivered yet.</summary>
internal sealed class WebhookReminder(IGrainBase grain)
{
    /// <summary>The loop waits for deliveries that are due within this time, which is also the reminder's period.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromMinutes(1);

    private const string Name = "deliver";

    public Task RegisterAsync(TimeSpan due) => grain.RegisterOrUpdateReminder(Name, due, Near);

    public async Task UnregisterAsync()
    {
        if (await grain.GetReminder(Name) is { } reminder)
        {
            await grain.UnregisterReminder(reminder);
        }
    }
}
