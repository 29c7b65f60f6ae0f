using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;

namespace VideoGen.Api.Live;

/// <summary>
/// Standalone, grains and watchers share the process. Over the embedded store the news would wait with its writes when the disk is
/// full, which is just when somebody wants to see why nothing moves.
/// </summary>
internal sealed class NewsInProcess(WatchRoom room) : IGenerationNews
{
    public void Tell(GenerationSnapshot generation) => room.Hear(NewsItem.Of(generation));

    public void Deleted(string owner, string generationId) => room.Hear(new NewsItem(owner, generationId, null));
}
