using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Notifications;

/// <summary>
/// Carries changes to whoever watches, and costs a few microseconds when nobody does. A notification is a hint that may be lost,
/// never the truth: a watcher reads again. Neither call waits or throws, and only the latest of several quick changes may arrive.
/// </summary>
public interface IGenerationNotifications
{
    /// <summary>Something that can be seen has changed; what had to be stored is stored.</summary>
    void Tell(GenerationSnapshot generation);

    /// <summary>A generation is gone for good.</summary>
    void Deleted(string owner, string generationId);
}
