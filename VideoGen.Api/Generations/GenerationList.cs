using VideoGen.Api.Authentication;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.History;

namespace VideoGen.Api.Generations;

/// <summary>
/// A page of generations, newest first. <paramref name="Next"/> is the position below which the next page begins.
/// </summary>
internal sealed record GenerationList(IReadOnlyList<GenerationResource> Items, long? Next)
{
    /// <summary>A page with more gaps than this ends early. Its cursor still leads on.</summary>
    private const int MaxRounds = 10;

    /// <summary>The number of entries to read at once when the list is filtered by status.</summary>
    private const int FilterRound = 50;

    /// <summary>
    /// Reads a page of a history (<see cref="HistoryKey"/>). Skips entries of other statuses and entries whose generation is
    /// unknown (an interrupted submit, or a deletion in progress), and fills the page with older ones within the limit of one
    /// request.
    /// </summary>
    public static async Task<GenerationList> ReadAsync(
        IGrainFactory grains, string history, GenerationListQuery query, MediaLinks links)
    {
        var pages = grains.Grain<IGenerationPageGrain>(IGenerationPageGrain.Key);
        var items = new List<GenerationResource>(query.Page.Limit);
        var before = query.Page.Before;
        for (var round = 0; round < MaxRounds; round++)
        {
            var missing = query.Page.Limit - items.Count;
            var page = await pages.ReadAsync(history, before, query.Statuses.Count > 0 ? FilterRound : missing);
            foreach (var (position, generation) in page.Entries)
            {
                if (items.Count == query.Page.Limit)
                {
                    return new(items, before);    // there is at least one more entry
                }

                before = position;
                if (generation is not null && query.Wants(generation))
                {
                    items.Add(GenerationResource.From(generation, links));
                }
            }

            before = page.Next;
            if (before is null || items.Count == query.Page.Limit)
            {
                break;
            }
        }

        return new(items, before);
    }
}
