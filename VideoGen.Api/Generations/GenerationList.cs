using VideoGen.Api.Authentication;
using VideoGen.Grains.History;

namespace VideoGen.Api.Generations;

/// <summary>A page of generations, newest first; <paramref name="Next"/> is the place below which the next page begins.</summary>
internal sealed record GenerationList(IReadOnlyList<GenerationResource> Items, long? Next)
{
    /// <summary>More gaps than this in one page end it early; its cursor leads on all the same.</summary>
    private const int MaxRounds = 10;

    /// <summary>So many are looked at together when only some statuses are wanted.</summary>
    private const int FilterRound = 50;

    /// <summary>
    /// Reads a page. An entry whose generation is unknown (its submit was cut off half-way, or it is being deleted) or of another
    /// status is left out, and the page is filled up with older ones, as far as one request may look.
    /// </summary>
    public static async Task<GenerationList> ReadAsync(IGrainFactory grains, string owner, GenerationListQuery query, MediaLinks links)
    {
        var pages = grains.GetGrain<IGenerationPageGrain>(IGenerationPageGrain.Key);
        var items = new List<GenerationResource>(query.Limit);
        var before = query.Before;
        for (var round = 0; round < MaxRounds; round++)
        {
            var page = await pages.ReadAsync(owner, before, query.Statuses.Count > 0 ? FilterRound : query.Limit - items.Count);
            foreach (var (place, generation) in page.Entries)
            {
                if (items.Count == query.Limit)
                {
                    return new(items, before);    // there is at least this entry
                }

                before = place;
                if (generation is not null && query.Wants(generation))
                {
                    items.Add(GenerationResource.From(generation, links));
                }
            }

            before = page.Next;
            if (before is null || items.Count == query.Limit)
            {
                break;
            }
        }

        return new(items, before);
    }
}
