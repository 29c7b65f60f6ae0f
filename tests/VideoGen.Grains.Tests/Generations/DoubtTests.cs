using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

/// <summary>One wrong answer is no verdict on something paid for.</summary>
public sealed class DoubtTests(ClusterFixture cluster)
{
    private static readonly GenerationError Lost = Orders.Error(GenerationErrorCode.JobLost);
    private static readonly GenerationError Unusable = Orders.Error(GenerationErrorCode.ResultUnusable);

    [Fact]
    public async Task A_poll_that_says_once_that_the_job_is_lost_loses_nothing()
    {
        var polls = 0;
        var backend = new ScriptedBackend
        {
            Poll = (order, _, _) => Task.FromResult<PollOutcome>(
                Interlocked.Increment(ref polls) == 1 ? new PollOutcome.Suspect(Lost)
                : new PollOutcome.Rendered(new RenderResult(order.OriginalName))),
        };

        var end = await cluster.UntilEndAsync(await cluster.SubmitAsync(backend));

        Assert.Equal((GenerationStatus.Completed, 1), (end.Status, end.Attempt));
    }

    [Fact]
    public async Task A_download_that_fails_once_is_tried_again()
    {
        var fetches = 0;
        var backend = new ScriptedBackend();
        var plain = backend.Fetch;
        backend.Fetch = order => Interlocked.Increment(ref fetches) <= 2
            ? Task.FromResult<FetchOutcome>(new FetchOutcome.Suspect(Unusable))
            : plain(order);
        var id = await cluster.SubmitAsync(backend);

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task A_damaged_original_is_fetched_again()
    {
        var backend = new ScriptedBackend();
        var request = cluster.Backends.RequestFor(backend);
        var id = Orders.NewId();
        cluster.Processor.DamageOnce(RenderRequest.OriginalNameOf(id, 1));

        await cluster.Generation(id).SubmitAsync(request);

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task What_is_said_again_and_again_is_believed_and_a_retry_looks_once_more_before_it_pays()
    {
        var isThere = false;
        var backend = new ScriptedBackend
        {
            Poll = (order, _, _) => Task.FromResult<PollOutcome>(
                isThere ? new PollOutcome.Rendered(new RenderResult(order.OriginalName)) : new PollOutcome.Suspect(Lost)),
        };
        var id = await cluster.SubmitAsync(backend);
        Assert.Equal(GenerationErrorCode.JobLost, (await cluster.UntilEndAsync(id)).Error!.Code);
        isThere = true;

        await cluster.Generation(id).RetryAsync();

        var end = await cluster.UntilAsync(id, snapshot => snapshot.Status is GenerationStatus.Completed);
        Assert.Equal((1, 1), (end.Attempt, backend.SubmitsOf(id)));
    }

    [Fact]
    public async Task A_retry_that_finds_nothing_again_pays_for_a_new_attempt()
    {
        var backend = new ScriptedBackend
        {
            Poll = (order, _, _) => Task.FromResult<PollOutcome>(order.Attempt == 1
                ? new PollOutcome.Suspect(Lost)
                : new PollOutcome.Rendered(new RenderResult(order.OriginalName))),
        };
        var id = await cluster.SubmitAsync(backend);
        await cluster.UntilEndAsync(id);

        await cluster.Generation(id).RetryAsync();

        var end = await cluster.UntilAsync(id, snapshot => snapshot.Status is GenerationStatus.Completed);
        Assert.Equal((2, 2), (end.Attempt, backend.SubmitsOf(id)));
    }

    [Fact]
    public async Task A_result_that_a_setting_keeps_out_waits_without_a_slot_until_the_setting_changes()
    {
        var isBlocked = true;
        var backend = new ScriptedBackend();
        var plain = backend.Fetch;
        backend.Fetch = order => isBlocked ? Task.FromResult<FetchOutcome>(new FetchOutcome.Blocked(Unusable)) : plain(order);
        var id = await cluster.SubmitAsync(backend);
        await cluster.UntilAsync(id, snapshot =>
            snapshot is { Stage: GenerationStage.Waiting } && snapshot.WaitReason == Unusable.Message);
        isBlocked = false;

        await cluster.Generation(id).PokeAsync();

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task The_deadline_counts_from_the_attempt_and_not_from_the_queue()
    {
        var backend = new ScriptedBackend();
        var id = Orders.NewId();
        var past = DateTimeOffset.UtcNow.AddHours(-5);
        var waited = Generation.Accept(cluster.Backends.RequestFor(backend), new HistoryEntry(1, id, past))
            .Intend(Orders.Model("scripted"), new(false, true), new RenderPlan(), past)
            .NotAccepted(Orders.Error(), isTransient: true, past, 3, past);
        cluster.Storage.Seed(cluster.Generation(id).GetGrainId(), "generation", waited);
        var polls = 0;
        backend.Poll = (order, _, _) => Task.FromResult<PollOutcome>(
            Interlocked.Increment(ref polls) <= 3 ? new PollOutcome.Running()
            : new PollOutcome.Rendered(new RenderResult(order.OriginalName)));

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
    }
}
