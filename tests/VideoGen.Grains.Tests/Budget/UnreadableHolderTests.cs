using VideoGen.Grains.Contracts;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Budget;

public sealed class UnreadableHolderTests(ClusterFixture cluster)
{
    [Fact]
    public async Task The_others_are_asked_all_the_same()
    {
        var (budget, damaged) = (cluster.Budget(Orders.NewId()), Orders.NewId());
        cluster.Storage.Damage(cluster.Generation(damaged).GetGrainId(), "generation");
        foreach (var id in (string[])[damaged, Orders.NewId(), Orders.NewId(), Orders.NewId()])
        {
            Assert.Equal(BudgetStanding.Granted, (await budget.RequestAsync(id, DateTimeOffset.UtcNow, isRunning: true)).Standing);
        }

        var next = Orders.NewId();
        await Eventually.GetAsync(
            () => budget.RequestAsync(next, DateTimeOffset.UtcNow, isRunning: false),
            reply => reply.Standing is BudgetStanding.Granted, reply => $"Still {reply}.");
    }
}
