using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;

namespace VideoGen.Api.Live;

/// <summary>
/// Standalone, grains and watchers share the process. Over the embedded store notifications would wait with its writes when the
/// disk is full, which is just when somebody wants to see why nothing moves.
/// </summary>
internal sealed class NotificationsInProcess(SubscriptionHub hub) : IGenerationNews
{
    public void Tell(GenerationSnapshot generation) => hub.Publish(NewsItem.Of(generation));

    public void Deleted(string owner, string generationId) => hub.Publish(new NewsItem(owner, generationId, null));
}
