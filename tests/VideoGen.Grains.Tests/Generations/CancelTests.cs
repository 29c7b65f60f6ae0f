using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

/// <summary>A cancel at every moment of a generation in a real silo, with the calls counted at the backend.</summary>
public sealed class CancelTests(ClusterFixture cluster)
{
    private static readonly BackendTraits Paid = new(IsPreview: false, RepeatCostsMoney: true);

    [Theory]
    [InlineData(CancelOutcome.Confirmed, true)]
    [InlineData(CancelOutcome.NotPossible, false)]
    public async Task A_running_job_is_stopped_at_its_backend(CancelOutcome answer, bool isConfirmed)
    {
        var backend = Endless();
        backend.Cancel = _ => Task.FromResult(answer);
        var id = await cluster.SubmitAsync(backend);
        await cluster.UntilAsync(id, snapshot => snapshot.Stage is GenerationStage.Rendering);

        var wished = await cluster.Generation(id).CancelAsync();

        Assert.Null(wished!.Error);
        var end = await cluster.UntilEndAsync(id);
        Assert.Equal((GenerationStatus.Canceled, isConfirmed), (end.Status, end.Cancellation!.Confirmed));
        Assert.Equal((1, 1), (backend.SubmitsOf(id), backend.CancelsOf(id)));
    }

    [Fact]
    public async Task It_says_canceling_until_the_backend_has_answered()
    {
        var answer = new TaskCompletionSource<CancelOutcome>();
        var backend = Endless();
        backend.Cancel = _ => answer.Task;
        var id = await cluster.SubmitAsync(backend);
        await cluster.UntilAsync(id, snapshot => snapshot.Stage is GenerationStage.Rendering);

        var wished = await cluster.Generation(id).CancelAsync();

        Assert.Equal((GenerationStatus.Processing, GenerationStage.Canceling), (wished!.Status, wished.Stage));
        Assert.Null(wished.Cancellation!.Confirmed);
        answer.SetResult(CancelOutcome.Confirmed);
        Assert.Equal(GenerationStatus.Canceled, (await cluster.UntilEndAsync(id)).Status);
    }

    [Fact]
    public async Task A_submit_in_flight_is_never_aborted_and_its_job_is_stopped_afterwards()
    {
        var outcome = new TaskCompletionSource<SubmitOutcome>();
        var backend = Endless();
        backend.Submit = _ => outcome.Task;
        backend.Cancel = _ => Task.FromResult(CancelOutcome.Confirmed);
        var id = await cluster.SubmitAsync(backend);
        await cluster.UntilAsync(id, _ => backend.SubmitsOf(id) == 1);

        await cluster.Generation(id).CancelAsync();

        Assert.Equal(GenerationStage.Canceling, (await cluster.Generation(id).GetAsync())!.Stage);
        Assert.Equal(0, backend.CancelsOf(id));
        outcome.SetResult(new SubmitOutcome.Accepted(new RenderJob("job")));
        Assert.Equal(true, (await cluster.UntilEndAsync(id)).Cancellation!.Confirmed);
        Assert.Equal((1, 1), (backend.SubmitsOf(id), backend.CancelsOf(id)));
    }

    [Fact]
    public async Task A_wish_while_the_order_is_planned_sends_nothing()
    {
        var plan = new TaskCompletionSource<PlanOutcome>();
        var planning = new TaskCompletionSource();
        var backend = new ScriptedBackend();
        backend.Plan = _ =>
        {
            planning.SetResult();
            return plan.Task;
        };
        var id = await cluster.SubmitAsync(backend);
        await planning.Task.WaitAsync(TimeSpan.FromSeconds(60));

        var canceled = await cluster.Generation(id).CancelAsync();
        plan.SetResult(backend.Planned(new RenderRequest(id, 1, Orders.Request())));

        Assert.Equal((GenerationStatus.Canceled, true), (canceled!.Status, canceled.Cancellation!.Confirmed));
        Assert.Equal(DeleteOutcome.Deleted, await cluster.Generation(id).DeleteAsync());    // waits for the end of the loop
        Assert.Equal(0, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task A_wish_that_was_stored_before_a_crash_is_carried_out_after_it()
    {
        var backend = Endless();
        backend.Cancel = _ => Task.FromResult(CancelOutcome.Confirmed);
        var id = LeaveBehind(backend, accepted => accepted
            .Intend(Orders.Model("scripted"), Paid, new RenderPlan(), DateTimeOffset.UtcNow)
            .Submitted(new RenderJob("job"), DateTimeOffset.UtcNow)
            .Cancel(DateTimeOffset.UtcNow));

        Assert.Equal(true, (await cluster.UntilEndAsync(id)).Cancellation!.Confirmed);
        Assert.Equal((0, 1), (backend.SubmitsOf(id), backend.CancelsOf(id)));
    }

    [Fact]
    public async Task A_crash_with_a_wish_between_intent_and_outcome_orders_nothing_and_says_what_is_not_known()
    {
        var backend = new ScriptedBackend();
        var id = LeaveBehind(backend, accepted => accepted
            .Intend(Orders.Model("scripted"), Paid, new RenderPlan(), DateTimeOffset.UtcNow)
            .Cancel(DateTimeOffset.UtcNow));

        var end = await cluster.UntilEndAsync(id);

        Assert.Equal((GenerationStatus.Canceled, false), (end.Status, end.Cancellation!.Confirmed));
        Assert.Contains("unknown", end.Cancellation.Message!, StringComparison.Ordinal);
        Assert.Equal(0, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task A_backend_that_never_answers_is_asked_for_a_while_only()
    {
        var backend = Endless();
        backend.Cancel = order => backend.CancelsOf(order.GenerationId) % 2 == 0
            ? Task.FromResult(CancelOutcome.Unavailable)
            : Task.FromException<CancelOutcome>(new IOException("Cut off."));
        var id = await cluster.SubmitAsync(backend);
        await cluster.UntilAsync(id, snapshot => snapshot.Stage is GenerationStage.Rendering);

        await cluster.Generation(id).CancelAsync();

        Assert.Equal(false, (await cluster.UntilEndAsync(id)).Cancellation!.Confirmed);
        Assert.True(backend.CancelsOf(id) > 1);
    }

    [Fact]
    public async Task A_cancel_that_races_the_end_leads_to_exactly_one_of_both()
    {
        var backend = new ScriptedBackend { Cancel = _ => Task.FromResult(CancelOutcome.Confirmed) };
        var ids = new List<string>();
        for (var count = 0; count < 40; count++)
        {
            ids.Add(await cluster.SubmitAsync(backend));
            await Task.WhenAll(ids.TakeLast(2).Select(id => cluster.Generation(id).CancelAsync()));
        }

        foreach (var id in ids)
        {
            var end = await cluster.UntilEndAsync(id);
            Assert.Equal(end.Status is GenerationStatus.Canceled, end.Cancellation?.Confirmed is not null);
            Assert.Equal(end.Status is GenerationStatus.Completed, end.Film is not null);
            Assert.True(backend.SubmitsOf(id) <= 1);
            Assert.Equal(end.Version, (await cluster.Generation(id).CancelAsync())!.Version);
        }
    }

    [Fact]
    public async Task A_canceled_download_is_retried_without_another_order()
    {
        var fetching = new TaskCompletionSource();
        var backend = new ScriptedBackend
        {
            Fetch = order => fetching.TrySetResult()
                ? Task.FromResult<FetchOutcome>(new FetchOutcome.Unavailable(Orders.Error(), TimeSpan.FromMinutes(1)))
                : Task.FromResult<FetchOutcome>(new FetchOutcome.Stored(new StoredMedia(order.OriginalName, 10, "00"))),
        };
        var id = await cluster.SubmitAsync(backend);
        await fetching.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await cluster.Generation(id).CancelAsync();
        Assert.Equal(GenerationStatus.Canceled, (await cluster.UntilEndAsync(id)).Status);

        await cluster.Generation(id).RetryAsync();

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task A_store_that_fails_under_a_wish_loses_no_outcome()
    {
        var outcome = new TaskCompletionSource<SubmitOutcome>();
        var backend = Endless();
        backend.Submit = _ => outcome.Task;
        backend.Cancel = _ => Task.FromResult(CancelOutcome.Confirmed);
        var id = await cluster.SubmitAsync(backend);
        await cluster.UntilAsync(id, _ => backend.SubmitsOf(id) == 1);

        cluster.Storage.FailAfterWrite(id);
        await cluster.Generation(id).CancelAsync();
        outcome.SetResult(new SubmitOutcome.Accepted(new RenderJob("job")));

        Assert.Equal(true, (await cluster.UntilEndAsync(id)).Cancellation!.Confirmed);
        Assert.Equal((1, 1), (backend.SubmitsOf(id), backend.CancelsOf(id)));
    }

    [Fact]
    public async Task An_unknown_generation_can_not_be_canceled() =>
        Assert.Null(await cluster.Generation(Orders.NewId()).CancelAsync());

    private static ScriptedBackend Endless() => new()
    {
        Poll = (_, _, _) => Task.FromResult<PollOutcome>(new PollOutcome.Running(0.1)),
    };

    /// <summary>Lays down what a process that died left on the store.</summary>
    private string LeaveBehind(ScriptedBackend backend, Func<Generation, Generation> ledger)
    {
        var id = Orders.NewId();
        var accepted = Generation.Accept(cluster.Backends.RequestFor(backend), new HistoryEntry(1, id, DateTimeOffset.UtcNow));
        cluster.Storage.Seed(cluster.Generation(id).GetGrainId(), "generation", ledger(accepted));
        return id;
    }
}
