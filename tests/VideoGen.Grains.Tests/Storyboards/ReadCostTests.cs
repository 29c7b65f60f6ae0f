using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Storyboards;

/// <summary>Reading costs the same however many shots there are: each storyboard keeps the state of its shots.</summary>
public sealed class ReadCostTests(CountedCluster cluster) : IClassFixture<CountedCluster>
{
    private readonly string _owner = Orders.NewId();

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    public async Task A_storyboard_that_renders_is_read_with_one_call(int shots)
    {
        var endless = new ScriptedBackend { Poll = (_, _, token) => NeverAsync(token) };
        var script = cluster.Backends.RequestFor(endless).Script;
        var plan = Drafts.Shot() with { Script = script };
        var storyboard = await cluster.Grains.StoryboardAsync(
            await cluster.Grains.CharacterAsync(_owner, "character_1.jpg"), [.. Enumerable.Repeat(plan, shots)]);
        await storyboard.RenderAsync(null, null);
        await Eventually.GetAsync(
            storyboard.GetAsync, found => found!.Shots.Any(shot => shot.Status is ShotStatus.Processing),
            found => $"Still {found}");

        var calls = await cluster.CallsOfAsync(storyboard.GetAsync);

        Assert.Equal(["IStoryboardGrain.GetAsync"], calls);
        await storyboard.DeleteAsync(force: true);
    }

    [Fact]
    public async Task A_list_of_storyboards_costs_as_many_calls_as_a_list_of_generations()
    {
        var character = await cluster.Grains.CharacterAsync(_owner, "character_1.jpg");
        for (var count = 0; count < 3; count++)
        {
            await cluster.Grains.StoryboardAsync(character, [.. Enumerable.Repeat(Drafts.Shot(), 24)]);
            await cluster.Grains.GetGrain<IGenerationGrain>(Orders.NewId())
                .SubmitAsync(cluster.Backends.RequestFor(new ScriptedBackend(), _owner));
        }

        var storyboards = await cluster.CallsOfAsync(() => cluster.Grains
            .GetGrain<IStoryboardPageGrain>(IStoryboardPageGrain.Key).ReadAsync(_owner, before: null, limit: 10));
        var generations = await cluster.CallsOfAsync(() => cluster.Grains
            .GetGrain<IGenerationPageGrain>(IGenerationPageGrain.Key).ReadAsync(_owner, before: null, limit: 10));

        Assert.Equal(3, storyboards.Count(call => call == "IStoryboardGrain.GetAsync"));
        Assert.Equal(3, generations.Count(call => call == "IGenerationGrain.GetAsync"));
        Assert.Equal(5, storyboards.Count);    // the page and the history besides
        Assert.Equal(generations.Count, storyboards.Count);
    }

    private static async Task<PollOutcome> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new NotSupportedException();
    }
}
