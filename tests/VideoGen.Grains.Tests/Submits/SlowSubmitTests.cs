using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Submits;

/// <summary>A paid submit belongs to the process: activations come and go while it waits for its answer.</summary>
public sealed class SlowSubmitTests(ClusterFixture cluster)
{
    private static readonly BackendTraits Paid = new(IsPreview: false, RepeatCostsMoney: true);

    [Fact]
    public async Task A_submit_outlives_the_activation_that_sent_it()
    {
        var answer = new TaskCompletionSource<SubmitOutcome>();
        var backend = new ScriptedBackend { Submit = _ => answer.Task };
        var id = await cluster.SubmitAsync(backend);
        await cluster.UntilAsync(id, _ => backend.SubmitsOf(id) == 1);

        await cluster.DeactivateAsync(cluster.Generation(id));
        var between = await cluster.Generation(id).GetAsync();
        answer.SetResult(new SubmitOutcome.Accepted(new RenderJob("job")));

        Assert.Equal(GenerationStatus.Processing, between!.Status);
        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task An_outcome_on_record_is_taken_over_after_the_end_of_its_sender()
    {
        var backend = new ScriptedBackend();
        var id = await LeaveBehindAsync(backend, new SubmitOutcome.Accepted(new RenderJob("job-on-record")));

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(0, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task A_sender_that_is_still_alive_is_waited_for()
    {
        var backend = new ScriptedBackend();
        var id = await LeaveBehindAsync(backend, outcome: null, isAlive: true);
        await cluster.UntilAsync(id, snapshot => snapshot.Stage is GenerationStage.Submitting);

        await cluster.Submits.WriteAsync(id, 1, new SubmitOutcome.Accepted(new RenderJob("job-after-all")));

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(0, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task An_outcome_that_comes_after_the_generation_was_given_up_opens_it_again()
    {
        var backend = new ScriptedBackend();
        var id = await LeaveBehindAsync(backend, outcome: null);
        Assert.Equal(GenerationErrorCode.OutcomeUnknown, (await cluster.UntilEndAsync(id)).Error!.Code);

        await cluster.Submits.WriteAsync(id, 1, new SubmitOutcome.Accepted(new RenderJob("job-of-a-suspended-process")));
        await cluster.Generation(id).PokeAsync();

        var end = await cluster.UntilAsync(id, snapshot => snapshot.Status is GenerationStatus.Completed);
        Assert.Equal((1, 0), (end.Attempt, backend.SubmitsOf(id)));
        var log = (await cluster.Generation(id).GetLogAsync())!.Log;
        Assert.Contains(log.Lines, line => line.Kind is LogKind.Reopened);
    }

    [Fact]
    public async Task An_outcome_that_comes_while_the_record_is_read_for_the_last_time_opens_the_generation_again()
    {
        var backend = new ScriptedBackend();
        var id = "";
        var comes = true;
        cluster.Submits.HasRead = async read =>
        {
            if (read == id && comes && (await cluster.Generation(id).GetAsync())!.Status is GenerationStatus.Failed)
            {
                comes = false;
                await cluster.Submits.WriteAsync(id, 1, new SubmitOutcome.Accepted(new RenderJob("at-the-last-moment")));
                await cluster.Generation(id).PokeAsync();
            }
        };
        try
        {
            id = await LeaveBehindAsync(backend, outcome: null);
            await cluster.UntilAsync(id, snapshot => snapshot.Status is GenerationStatus.Completed);
        }
        finally
        {
            cluster.Submits.HasRead = null;
        }

        Assert.Equal((false, 0), (comes, backend.SubmitsOf(id)));
    }

    [Fact]
    public async Task A_retry_reads_the_record_before_it_pays_again()
    {
        var backend = new ScriptedBackend();
        var id = await LeaveBehindAsync(backend, outcome: null);
        await cluster.UntilEndAsync(id);
        await cluster.Submits.WriteAsync(id, 1, new SubmitOutcome.Accepted(new RenderJob("found")));

        await cluster.Generation(id).RetryAsync();

        Assert.Equal(GenerationStatus.Completed,
            (await cluster.UntilAsync(id, one => one.Status is GenerationStatus.Completed)).Status);
        Assert.Equal(0, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task A_deleted_generation_leaves_no_record()
    {
        var backend = new ScriptedBackend();
        var id = await cluster.SubmitAsync(backend);
        await cluster.UntilEndAsync(id);
        Assert.True(cluster.Submits.Holds(id));

        await cluster.Generation(id).DeleteAsync();

        Assert.False(cluster.Submits.Holds(id));
    }

    /// <summary>Lays down an intent whose sender has left the cluster, unless it is alive, and what it recorded.</summary>
    private async Task<string> LeaveBehindAsync(ScriptedBackend backend, SubmitOutcome? outcome, bool isAlive = false)
    {
        var (id, sender) = (Orders.NewId(), $"sender-{Guid.NewGuid():N}");
        cluster.Submits.SetAlive(sender, isAlive);
        if (outcome is not null)
        {
            await cluster.Submits.WriteAsync(id, 1, outcome);
        }

        var accepted = Generation.Accept(cluster.Backends.RequestFor(backend), new HistoryEntry(1, id, DateTimeOffset.UtcNow));
        cluster.Storage.Seed(
            cluster.Generation(id).GetGrainId(), "generation",
            accepted.Intend(Orders.Model("scripted"), Paid, new RenderPlan(), DateTimeOffset.UtcNow, sender));
        return id;
    }
}
