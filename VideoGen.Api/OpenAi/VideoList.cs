using VideoGen.Api.Authentication;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.History;

namespace VideoGen.Api.OpenAi;

/// <summary>
/// Reads a page of an owner's videos in either order. SDKs end at an empty page, so every page is filled, whatever was deleted.
/// </summary>
internal static class VideoList
{
    /// <summary>The maximum number of entries that one call reads.</summary>
    private const int Most = 100;

    public static async Task<VideoListResource> ReadAsync(HttpContext context, IGrainFactory grains, VideoListQuery query)
    {
        var owner = context.Caller().Owner;
        var cursor = query.After is null ? null : await VideoPosition.FindAsync(context, grains, query.After);
        var places = query.IsAscending
            ? AscendingAsync(grains, owner, cursor?.Above ?? 0)
            : DescendingAsync(grains, owner, cursor?.Below, query.Limit + 1);
        var videos = new List<VideoResource>(query.Limit);
        await foreach (var (_, generation) in places)
        {
            if (generation is null)
            {
                continue;    // an interrupted submit, or a deletion in progress
            }

            if (videos.Count == query.Limit)
            {
                return VideoListResource.Of(videos, hasMore: true);
            }

            videos.Add(VideoResource.From(generation));
        }

        return VideoListResource.Of(videos, hasMore: false);
    }

    private static async IAsyncEnumerable<PlacedGeneration> DescendingAsync(
        IGrainFactory grains, string owner, long? below, int first)
    {
        var pages = grains.Grain<IGenerationPageGrain>(IGenerationPageGrain.Key);
        for (var size = Math.Min(first, Most); ; size = Most)
        {
            var page = await pages.ReadAsync(owner, below, size);
            foreach (var entry in page.Entries)
            {
                yield return entry;
            }

            if (page.Next is not { } next)
            {
                yield break;
            }

            below = next;
        }
    }

    /// <summary>Pages are read from their upper end, so a window of positions is read at once.</summary>
    private static async IAsyncEnumerable<PlacedGeneration> AscendingAsync(IGrainFactory grains, string owner, long above)
    {
        var pages = grains.Grain<IGenerationPageGrain>(IGenerationPageGrain.Key);
        var history = new HistoryGaps(grains.Grain<IHistoryGrain>(owner));
        while (await history.FirstAboveAsync(above) is { } first)
        {
            var end = first + Most;
            var page = await pages.ReadAsync(owner, end, Most);
            foreach (var entry in page.Entries.Where(entry => entry.Place >= first).Reverse())
            {
                yield return entry;
            }

            above = end - 1;
        }
    }
}
