using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using VideoGen.Grains.History;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Characters;

[GrainType("videogen.character-page"), StatelessWorker]
internal sealed class CharacterPageGrain(GenerationTelemetry telemetry, TimeProvider time, ILogger<CharacterPageGrain> logger)
    : Grain, ICharacterPageGrain
{
    public async Task<CharacterPage> ReadAsync(string owner, long? before, int limit)
    {
        var list = new ListedGrains(GrainFactory, telemetry, time, logger);
        var (characters, next) = await list.ReadAsync(
            HistoryKey.Characters(owner), before, limit, id => GrainFactory.GetGrain<ICharacterGrain>(id).GetAsync());
        return new CharacterPage(characters, next);
    }
}
