using System.Collections.Concurrent;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;

namespace VideoGen.Testing;

/// <summary>Keeps everything that was told, oldest first.</summary>
public sealed class RecordedNews : IGenerationNews
{
    private readonly ConcurrentQueue<NewsItem> _items = new();

    /// <summary>What was told of one generation; its last item has no generation when it was deleted.</summary>
    public IReadOnlyList<NewsItem> Of(string generationId) => [.. _items.Where(item => item.GenerationId == generationId)];

    public void Tell(GenerationSnapshot generation) => _items.Enqueue(NewsItem.Of(generation));

    public void Deleted(string owner, string generationId) => _items.Enqueue(new NewsItem(owner, generationId, null));
}
