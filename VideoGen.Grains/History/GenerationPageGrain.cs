using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.History;

/// <summary>
/// Calls between a cluster's grains cost a fraction of a client's calls, so a page is assembled here and sent to the client once.
/// A generation that cannot be read is left out, like one that is being deleted.
/// </summary>
[GrainType("videogen.generation-page"), StatelessWorker]
internal sealed class GenerationPageGrain(GenerationTelemetry telemetry, TimeProvider time, ILogger<GenerationPageGrain> logger)
    : Grain, IGenerationPageGrain
{
    public async Task<GenerationPage> ReadAsync(string owner, long? before, int limit)
    {
        var reads = new IsolatedReads(GrainFactory, telemetry, logger);
        var page = await GrainFactory.GetGrain<IHistoryGrain>(owner).GetPageAsync(before, limit);
        var generations = await Task.WhenAll(
            page.Entries.Select(entry => reads.ReadAsync(entry.GenerationId, generation => generation.GetAsync())));
        var unknown = page.Entries.Where((_, index) => generations[index] is { IsReadable: true, Value: null });
        await new HalfMadeSubmits(GrainFactory, time, logger).ForgetAsync(owner, unknown);
        var placed = page.Entries.Zip(generations, (entry, generation) => new PlacedGeneration(entry.Place, generation.Value));
        return new GenerationPage([.. placed], page.Next);
    }
}
