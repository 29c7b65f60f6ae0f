using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using VideoGen.Grains.History;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Storyboards;

[GrainType("videogen.storyboard-page"), StatelessWorker]
internal sealed class StoryboardPageGrain(GenerationTelemetry telemetry, TimeProvider time, ILogger<StoryboardPageGrain> logger)
    : Grain, IStoryboardPageGrain
{
    public async Task<StoryboardPage> ReadAsync(string owner, long? before, int limit)
    {
        var list = new ListedGrains(GrainFactory, telemetry, time, logger);
        var (storyboards, next) = await list.ReadAsync(
            HistoryKey.Storyboards(owner), before, limit, id => GrainFactory.GetGrain<IStoryboardGrain>(id).GetAsync());
        return new StoryboardPage(storyboards, next);
    }
}
