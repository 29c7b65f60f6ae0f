using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.RenderSlots;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.RenderSlots;

/// <summary>An upstream that refuses for the account's sake: its queue waits, and one order at a time finds out.</summary>
public sealed class UpstreamPauseTests(ClusterFixture cluster)
{
    private static readonly UpstreamPause NoCredit = new(GenerationErrorCode.PaymentRequired, "The account has no credit left.",
        RetryAfter: TimeSpan.FromSeconds(15));
    private static readonly UpstreamPause NoCreditForAMoment = NoCredit with { RetryAfter = TimeSpan.FromSeconds(0.2) };

    private readonly IBudgetGrain _budget = cluster.Budget(Orders.NewId());
    private readonly SlotRequest[] _requests =
        [.. Enumerable.Range(0, 6).Select(number => new SlotRequest(Orders.NewId(), DateTimeOffset.UtcNow.AddSeconds(number)))];

    [Fact]
    public async Task All_wait_and_see_why()
    {
        Assert.Equal(SlotStatus.Granted, (await _budget.RequestSlotAsync(_requests[0])).Standing);

        var refused = await _budget.PauseUpstreamAsync(NoCredit, _requests[0]);
        var next = await _budget.RequestAsync(_requests[1].GenerationId, _requests[1].AcceptedAt, isRunning: false);

        Assert.Equal((SlotStatus.Waiting, 1, NoCredit), (refused.Standing, refused.Position, refused.Pause));
        Assert.Equal((SlotStatus.Waiting, 2, NoCredit), (next.Standing, next.Position, next.Pause));
        Assert.Equal(NoCredit.Message, next.PauseReason);
        Assert.Equal(NoCredit, Assert.Single(await _budget.GetPausesAsync()).Pause);
        var usage = await _budget.GetUsageAsync();
        Assert.Equal((0, 2), (usage.Renders, usage.Waiting));
        Assert.Equal(NoCredit, Assert.Single(usage.Pauses).Pause);
    }

    [Fact]
    public async Task One_probe_goes_first_and_the_others_follow_when_it_is_accepted()
    {
        var answer = new TaskCompletionSource();
        var backend = new ScriptedBackend
        {
            Submit = async _ =>
            {
                await answer.Task;
                return new SubmitOutcome.Accepted(new RenderJob("job"));
            },
        };
        // asked, it says that it needs its slot
        var probe = _requests[0] with { GenerationId = await cluster.SubmitAsync(backend) };
        await _budget.PauseUpstreamAsync(NoCreditForAMoment, probe);
        await JoinAsync();

        await GrantedAsync(probe, isProbe: true);
        Assert.All(await JoinAsync(), turn => Assert.Equal(SlotStatus.Waiting, turn.Standing));
        await _budget.ResumeAsync(_requests[1].GenerationId);
        Assert.NotEmpty(await _budget.GetPausesAsync());
        await _budget.ResumeAsync(probe.GenerationId);

        Assert.Empty(await _budget.GetPausesAsync());
        await GrantedAsync(_requests[1], isProbe: false);
        answer.SetResult();
        await cluster.UntilEndAsync(probe.GenerationId);
    }

    [Fact]
    public async Task A_pause_outlives_the_memory_of_the_slots()
    {
        await _budget.PauseUpstreamAsync(NoCredit, _requests[0]);

        await cluster.DeactivateAsync(_budget);

        Assert.Equal(NoCredit, (await _budget.RequestSlotAsync(_requests[1])).Pause);
    }

    private async Task<IReadOnlyList<SlotReply>> JoinAsync()
    {
        List<SlotReply> replies = [];
        foreach (var request in _requests.Skip(1))
        {
            replies.Add(await _budget.RequestSlotAsync(request));
        }

        return replies;
    }

    private async Task GrantedAsync(SlotRequest request, bool isProbe)
    {
        var turn = await Eventually.GetAsync(
            () => _budget.RequestSlotAsync(request), turn => turn.Standing is SlotStatus.Granted, turn => $"Still {turn}.");
        Assert.Equal(isProbe, turn.IsProbe);
    }
}
