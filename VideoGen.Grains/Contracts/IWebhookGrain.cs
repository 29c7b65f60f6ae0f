using VideoGen.Grains.Calls;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Contracts;

/// <summary>Delivers the events of one generation to its receiver; the key is the generation's id.</summary>
[GrainInterfaceType("videogen.webhook")]
public interface IWebhookGrain : IGrainWithStringKey
{
    /// <summary>
    /// Durably accepts events before it responds; they are sent afterwards. Repeating the call has no further effect.
    /// </summary>
    [Alias("deliver"), Repeatable]
    Task DeliverAsync(WebhookOrder order);

    /// <summary>The deliveries so far; null when there are none. Resumes deliveries that are due.</summary>
    [Alias("get"), Repeatable]
    Task<WebhookLog?> GetAsync();

    /// <summary>
    /// Sends the newest event again, now and with the same id, and re-enables an address that was disabled; null when there is no
    /// event.
    /// </summary>
    [Alias("replay")]
    Task<WebhookLog?> ReplayAsync();

    /// <summary>The generation is deleted: nothing more is sent for it, and its deliveries are removed.</summary>
    [Alias("forget")]
    Task ForgetAsync();
}
