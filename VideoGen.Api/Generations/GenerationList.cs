using VideoGen.Grains.Contracts;

namespace VideoGen.Api.Generations;

/// <summary>A page of generations, newest first; <paramref name="Next"/> is the place below which the next page begins.</summary>
internal sealed record GenerationList(IReadOnlyList<GenerationResource> Items, long? Next)
{
    /// <summary>More gaps than this in one page end it early; its cursor leads on all the same.</summary>
    private const int MaxRounds = 10;

    /// <summary>
    /// Reads a page. An entry whose generation is unknown (its submit was cut off half-way) is left out, and the page is filled
    /// up with older ones.
    /// </summary>
    public static async Task<GenerationList> ReadAsync(IGrainFactory grains, string owner, long? before, int limit)
    {
        var history = grains.GetGrain<IHistoryGrain>(owner);
        var items = new List<GenerationResource>(limit);
        for (var round = 0; round < MaxRounds; round++)
        {
            var page = await history.GetPageAsync(before, limit - items.Count);
            var generations = await Task.WhenAll(
                page.Entries.Select(entry => grains.GetGrain<IGenerationGrain>(entry.GenerationId).GetAsync()));
            items.AddRange(generations.OfType<GenerationSnapshot>().Select(GenerationResource.From));
            before = page.Next;
            if (before is null || items.Count == limit)
            {
                break;
            }
        }

        return new(items, before);
    }
}
