using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.RenderSlots;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.RenderSlots;

public sealed class RenderSlotGrainTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Never_more_than_the_limit_run_and_they_run_in_the_order_of_acceptance()
    {
        var started = new List<string>();
        var backend = new ScriptedBackend
        {
            Submit = async order =>
            {
                lock (started)
                {
                    started.Add(order.GenerationId);
                }

                await Task.Delay(5);    // the time that a submit takes: others could overtake it
                return new SubmitOutcome.Accepted(new RenderJob("job"));
            },
        };
        List<string> ids = [];
        for (var i = 0; i < 40; i++)
        {
            ids.Add(await cluster.SubmitAsync(backend));
        }

        foreach (var id in ids)
        {
            Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        }

        Assert.InRange(backend.MostInFlight, 1, 4);
        Assert.Equal(40, started.Count);

        // Slots are granted in order; of four that hold one, a busy machine may let the first one start late.
        Assert.All(started.Select((id, index) => Math.Abs(ids.IndexOf(id) - index)), distance => Assert.InRange(distance, 0, 12));
    }

    [Fact]
    public async Task A_full_queue_is_said_and_nothing_is_kept()
    {
        var budget = cluster.Budget(Orders.NewId());
        await budget.PauseAsync(TimeSpan.FromMinutes(1), "Nobody leaves the queue during this test.");
        for (var i = 0; i < 300; i++)
        {
            Assert.NotEqual(SlotStatus.Full, (await budget.AdmitAsync(Orders.NewId(), DateTimeOffset.UtcNow)).Standing);
        }

        var reply = await budget.AdmitAsync(Orders.NewId(), DateTimeOffset.UtcNow);

        Assert.Equal(SlotStatus.Full, reply.Standing);
        Assert.True(reply.RetryAfter > TimeSpan.Zero);
    }

    [Fact]
    public async Task The_slot_of_a_holder_that_no_longer_needs_it_comes_back_by_itself()
    {
        var budget = cluster.Budget(Orders.NewId());
        foreach (var dead in Enumerable.Range(0, 4).Select(_ => Orders.NewId()))
        {
            Assert.Equal(SlotStatus.Granted, (await budget.RequestAsync(dead, DateTimeOffset.UtcNow, isRunning: false)).Standing);
        }

        await GrantedAsync(budget, Orders.NewId());
    }

    [Fact]
    public async Task A_lost_budget_remembers_its_holders()
    {
        // A cluster of its own: the budget is one for all tests of a cluster, and theirs would take and leave slots meanwhile.
        await using var own = new ClusterFixture();
        await own.InitializeAsync();
        var ready = new TaskCompletionSource();
        var backend = new ScriptedBackend
        {
            Poll = async (order, _, token) =>
            {
                await ready.Task.WaitAsync(token);
                return new PollOutcome.Rendered(new RenderResult(order.OriginalName));
            },
        };
        List<string> ids = [];
        for (var i = 0; i < 12; i++)
        {
            ids.Add(await own.SubmitAsync(backend));
        }

        foreach (var id in ids.Take(4))
        {
            await own.UntilAsync(id, snapshot => snapshot.Stage is GenerationStage.Rendering);
        }

        await own.DeactivateAsync(own.Budget("scripted"));
        for (var asked = 0; asked < 20; asked++)
        {
            await Task.Delay(50);    // longer than the grace of a budget that came back
            var turn = await own.Budget("scripted").RequestAsync(ids[11], DateTimeOffset.UtcNow, isRunning: false);
            Assert.Equal(SlotStatus.Waiting, turn.Standing);
        }

        ready.SetResult();

        foreach (var id in ids)
        {
            await own.UntilEndAsync(id);
        }

        Assert.InRange(backend.MostInFlight, 1, 4);
    }

    [Fact]
    public async Task A_pause_holds_everybody_up_with_the_reason_and_passes()
    {
        var (paused, pausedForAMoment) = (cluster.Budget(Orders.NewId()), cluster.Budget(Orders.NewId()));
        await paused.PauseAsync(TimeSpan.FromHours(1), "The provider asked to slow down.");
        await pausedForAMoment.PauseAsync(TimeSpan.FromSeconds(0.2), "The provider asked to slow down.");

        var held = await paused.RequestAsync(Orders.NewId(), DateTimeOffset.UtcNow, isRunning: false);

        Assert.Equal(SlotStatus.Waiting, held.Standing);
        Assert.Equal("The provider asked to slow down.", held.PauseReason);
        await GrantedAsync(pausedForAMoment, Orders.NewId());
    }

    private static Task<SlotReply> GrantedAsync(IBudgetGrain budget, string id) => Eventually.GetAsync(
        () => budget.RequestAsync(id, DateTimeOffset.UtcNow, isRunning: false),
        reply => reply.Standing is SlotStatus.Granted, reply => $"Still {reply}.");
}
