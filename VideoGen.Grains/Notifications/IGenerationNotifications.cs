using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Notifications;

/// <summary>
/// Publishes changes to subscribers, and costs a few microseconds when there are none. A notification is a hint that may be lost:
/// subscribers read the generation again. Neither method waits or throws, and of several quick changes only the latest may be
/// delivered.
/// </summary>
public interface IGenerationNotifications
{
    /// <summary>Something visible has changed; everything that had to be stored has been stored.</summary>
    void Publish(GenerationSnapshot generation);

    /// <summary>A generation was permanently deleted.</summary>
    void Deleted(string owner, string generationId);
}
