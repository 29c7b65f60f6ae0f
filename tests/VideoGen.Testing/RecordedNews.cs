using System.Collections.Concurrent;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Notifications;

namespace VideoGen.Testing;

/// <summary>Keeps everything that was told, oldest first.</summary>
public sealed class RecordedNews : IGenerationNotifications
{
    private readonly ConcurrentQueue<GenerationNotification> _items = new();

    /// <summary>What was told of one generation; its last item has no generation when it was deleted.</summary>
    public IReadOnlyList<GenerationNotification> Of(string generationId) =>
        [.. _items.Where(item => item.GenerationId == generationId)];

    public void Publish(GenerationSnapshot generation) => _items.Enqueue(GenerationNotification.Of(generation));

    public void Deleted(string owner, string generationId) =>
        _items.Enqueue(new GenerationNotification(owner, generationId, null));
}
