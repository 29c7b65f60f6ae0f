using VideoGen.Grains.Backends;
using VideoGen.Grains.RenderSlots;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.RenderSlots;

public sealed class UnreadableHolderTests : IAsyncLifetime
{
    private readonly ClusterFixture _cluster = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task The_others_are_asked_all_the_same()
    {
        var (budget, damaged) = (_cluster.Budget(Orders.NewId()), Orders.NewId());
        _cluster.Storage.Damage(_cluster.Generation(damaged).GetGrainId(), "generation");
        foreach (var id in (string[])[damaged, Orders.NewId(), Orders.NewId(), Orders.NewId()])
        {
            Assert.Equal(SlotStatus.Granted, (await budget.RequestAsync(id, DateTimeOffset.UtcNow, isRunning: true)).Standing);
        }

        // Three that keep what they get, because they say that they need it.
        var answer = new TaskCompletionSource<SubmitOutcome>();
        var backend = new ScriptedBackend { Submit = _ => answer.Task };
        List<string> living = [];
        for (var number = 0; number < 3; number++)
        {
            living.Add(await _cluster.SubmitAsync(backend));
        }

        foreach (var id in living)
        {
            await Eventually.GetAsync(
                () => budget.RequestAsync(id, DateTimeOffset.UtcNow, isRunning: false),
                reply => reply.Standing is SlotStatus.Granted, reply => $"Still {reply}.");
        }

        answer.SetResult(new SubmitOutcome.Accepted(new RenderJob("job")));
        await Task.WhenAll(living.Select(_cluster.UntilEndAsync));
    }
}
