using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

/// <summary>
/// What happens between an intent and the knowledge of its outcome, with the number of submits counted at the backend.
/// </summary>
public sealed class MoneyTests(ClusterFixture cluster)
{
    private static readonly BackendTraits Paid = new(IsPreview: false, RepeatCostsMoney: true);
    private static readonly BackendTraits Free = new(IsPreview: true, RepeatCostsMoney: false);

    [Fact]
    public async Task A_paid_intent_without_outcome_is_never_sent_again_by_itself()
    {
        var backend = new ScriptedBackend();
        var id = LeaveBehind(backend, accepted =>
            accepted.Intend(Orders.Model("scripted"), Paid, new RenderPlan(), DateTimeOffset.UtcNow));

        var end = await cluster.UntilEndAsync(id);

        Assert.Equal(GenerationErrorCode.OutcomeUnknown, end.Error!.Code);
        Assert.True(end.Error.Retryable);
        Assert.Equal(0, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task Only_the_users_retry_orders_it_again()
    {
        var backend = new ScriptedBackend();
        var id = LeaveBehind(backend, accepted =>
            accepted.Intend(Orders.Model("scripted"), Paid, new RenderPlan(), DateTimeOffset.UtcNow));
        await cluster.UntilEndAsync(id);

        await cluster.Generation(id).RetryAsync();

        var end = await cluster.UntilEndAsync(id);
        Assert.Equal(GenerationStatus.Completed, end.Status);
        Assert.Equal(2, end.Attempt);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task A_free_intent_without_outcome_is_sent_again()
    {
        var backend = new ScriptedBackend();
        var id = LeaveBehind(backend, accepted =>
            accepted.Intend(Orders.Model("scripted"), Free, new RenderPlan(), DateTimeOffset.UtcNow));

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task A_submitted_job_of_an_earlier_process_is_only_polled()
    {
        var polled = new List<string>();
        var backend = new ScriptedBackend
        {
            Poll = (order, job, _) =>
            {
                polled.Add(job.Id);
                return Task.FromResult<PollOutcome>(new PollOutcome.Rendered(new RenderResult(order.OriginalName)));
            },
        };
        var id = LeaveBehind(backend, accepted => accepted
            .Intend(Orders.Model("scripted"), Paid, new RenderPlan(), DateTimeOffset.UtcNow.AddHours(-5))
            .Submitted(new RenderJob("job-of-yesterday"), DateTimeOffset.UtcNow.AddHours(-5)));

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(["job-of-yesterday"], polled);
        Assert.Equal(0, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task An_unknown_outcome_is_one_submit_and_a_failure()
    {
        var backend = new ScriptedBackend
        {
            Submit = _ => Task.FromResult<SubmitOutcome>(
                new SubmitOutcome.Unknown(Orders.Error(GenerationErrorCode.OutcomeUnknown))),
        };
        var id = await cluster.SubmitAsync(backend);

        Assert.Equal(GenerationErrorCode.OutcomeUnknown, (await cluster.UntilEndAsync(id)).Error!.Code);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task A_certain_refusal_is_tried_again_only_when_it_may_pass(bool transient, int submits)
    {
        var backend = new ScriptedBackend
        {
            Submit = _ => Task.FromResult<SubmitOutcome>(new SubmitOutcome.NotAccepted(Orders.Error(), transient)),
        };
        var id = await cluster.SubmitAsync(backend);

        var end = await cluster.UntilEndAsync(id);

        Assert.Equal(GenerationStatus.Failed, end.Status);
        Assert.Equal(submits, end.Attempt);
        Assert.Equal(submits, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task A_lost_paid_job_is_not_ordered_again()
    {
        var backend = new ScriptedBackend
        {
            Poll = (_, _, _) => Task.FromResult<PollOutcome>(new PollOutcome.Lost(Orders.Error(GenerationErrorCode.JobLost))),
        };
        var id = await cluster.SubmitAsync(backend);

        Assert.Equal(GenerationErrorCode.JobLost, (await cluster.UntilEndAsync(id)).Error!.Code);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task A_job_that_never_ends_fails_at_its_deadline()
    {
        var backend = new ScriptedBackend { Poll = (_, _, _) => Task.FromResult<PollOutcome>(new PollOutcome.Running(0.1)) };
        var id = LeaveBehind(backend, accepted => accepted
            .Intend(Orders.Model("scripted"), Paid, new RenderPlan(), DateTimeOffset.UtcNow.AddHours(-1))
            .Submitted(new RenderJob("job"), DateTimeOffset.UtcNow.AddHours(-1)));

        Assert.Equal(GenerationErrorCode.DeadlineExceeded, (await cluster.UntilEndAsync(id)).Error!.Code);
    }

    /// <summary>Lays down what a process that died left on the store, and wakes it as a poke does.</summary>
    private string LeaveBehind(ScriptedBackend backend, Func<Generation, Generation> ledger)
    {
        var id = Orders.NewId();
        var request = cluster.Backends.RequestFor(backend);
        var accepted = Generation.Accept(request, new HistoryEntry(1, id, DateTimeOffset.UtcNow));
        cluster.Storage.Seed(cluster.Generation(id).GetGrainId(), "generation", ledger(accepted));
        return id;
    }
}
