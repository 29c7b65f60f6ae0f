using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.History;

/// <summary>
/// Calls between grains of a cluster cost a fraction of those of its clients, so a list is put together here and travels to the
/// client once.
/// </summary>
[GrainType("videogen.generation-page"), StatelessWorker]
internal sealed class GenerationPageGrain(TimeProvider time, ILogger<GenerationPageGrain> logger) : Grain, IGenerationPageGrain
{
    public async Task<GenerationPage> ReadAsync(string owner, long? before, int limit)
    {
        var page = await GrainFactory.GetGrain<IHistoryGrain>(owner).GetPageAsync(before, limit);
        var generations = await Task.WhenAll(page.Entries.Select(entry => Generation(entry.GenerationId).GetAsync()));
        var unknown = page.Entries.Where((_, index) => generations[index] is null);
        await new HalfMadeSubmits(GrainFactory, time, logger).ForgetAsync(owner, unknown);
        return new GenerationPage(
            [.. page.Entries.Zip(generations, (entry, generation) => new PlacedGeneration(entry.Place, generation))], page.Next);
    }

    private IGenerationGrain Generation(string id) => GrainFactory.GetGrain<IGenerationGrain>(id);
}
