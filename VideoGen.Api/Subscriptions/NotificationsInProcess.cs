using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Notifications;

namespace VideoGen.Api.Subscriptions;

/// <summary>
/// Delivers notifications within the process of a standalone service. Over the embedded store they would wait with its writes
/// while the disk is full, which is just when users want to see why nothing progresses.
/// </summary>
internal sealed class NotificationsInProcess(SubscriptionHub hub) : IGenerationNotifications
{
    public void Publish(GenerationSnapshot generation) => hub.Publish(GenerationNotification.Of(generation));

    public void Deleted(string owner, string generationId) => hub.Publish(new GenerationNotification(owner, generationId, null));
}
