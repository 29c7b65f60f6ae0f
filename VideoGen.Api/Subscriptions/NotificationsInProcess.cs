using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Notifications;

namespace VideoGen.Api.Subscriptions;

/// <summary>
/// Standalone, grains and watchers share the process. Over the embedded store notifications would wait with its writes when the
/// disk is full, which is just when somebody wants to see why nothing moves.
/// </summary>
internal sealed class NotificationsInProcess(SubscriptionHub hub) : IGenerationNotifications
{
    public void Tell(GenerationSnapshot generation) => hub.Publish(GenerationNotification.Of(generation));

    public void Deleted(string owner, string generationId) => hub.Publish(new GenerationNotification(owner, generationId, null));
}
