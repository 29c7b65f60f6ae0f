namespace VideoGen.Grains.Contracts;

/// <summary>Brings the events of one generation to its receiver; the key is the generation's id.</summary>
[GrainInterfaceType("videogen.webhook")]
public interface IWebhookGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes events on durably before it answers; sending them follows. Repeating the call changes nothing.
    /// </summary>
    [Alias("deliver"), Repeatable]
    Task DeliverAsync(WebhookOrder order);

    /// <summary>What came of the deliveries so far; null when there was none. Takes up again what is due.</summary>
    [Alias("get"), Repeatable]
    Task<WebhookLog?> GetAsync();

    /// <summary>
    /// Sends the newest event again, now and under the same id, and lets an address be called again that was disabled; null when
    /// there was no event.
    /// </summary>
    [Alias("replay")]
    Task<WebhookLog?> ReplayAsync();

    /// <summary>The generation is deleted: nothing more is sent for it, and nothing of it is kept.</summary>
    [Alias("forget")]
    Task ForgetAsync();
}
