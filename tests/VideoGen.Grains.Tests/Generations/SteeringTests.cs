using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

/// <summary>What a cancel, a retry and a delete make of every ledger line; no cluster is needed to know.</summary>
public sealed class SteeringTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly BackendTraits Paid = new(IsPreview: false, RepeatCostsMoney: true);
    private static readonly BackendTraits Free = new(IsPreview: true, RepeatCostsMoney: false);

    private static Generation Accepted => Generation.Accept(Orders.Request(), new HistoryEntry(7, "id", Now));

    private static Generation Intended => Accepted.Intend(Orders.Model("backend"), Paid, new RenderPlan(), Now);

    private static Generation Submitted => Intended.Submitted(new RenderJob("job"), Now);

    private static Generation Rendered => Submitted.Rendered(new RenderResult("https://cdn/film.mp4"), Now);

    private static Generation Stored => Rendered.Stored(new StoredMedia("o.mp4", 1, "00"), Now);

    private static Generation Completed => Stored.Completed(new FinishedVideo("v.mp4", "p.jpg", 5, 768, 768, 1), Now);

    [Fact]
    public void What_waits_for_its_turn_is_canceled_at_once()
    {
        var canceled = Accepted.Cancel(Now);

        Assert.Equal((GenerationStatus.Canceled, true), (canceled.Status, canceled.Cancellation!.Confirmed));
        Assert.Equal(LedgerStep.None, canceled.NextStep);
    }

    [Fact]
    public void What_is_discarded_is_canceled_and_marked_for_deletion()
    {
        Assert.Equal((GenerationStatus.Canceled, true), (Accepted.Discard(Now).Status, Accepted.Discard(Now).IsDiscarded));
        Assert.Equal((LedgerStep.Cancel, true), (Submitted.Discard(Now).NextStep, Submitted.Discard(Now).IsDiscarded));
        Assert.Equal((LedgerStep.Cancel, true),
            (Submitted.Cancel(Now).Discard(Now).NextStep, Submitted.Cancel(Now).Discard(Now).IsDiscarded));
        Assert.True(Accepted.Discard(Now).HasWork);
        var ended = Completed;
        Assert.Same(ended, ended.Discard(Now));
    }

    [Fact]
    public void What_waits_for_another_attempt_is_canceled_at_once()
    {
        var waiting = Intended.NotAccepted(Orders.Error(), isTransient: true, Now.AddMinutes(1), 5, Now);

        Assert.Equal(GenerationStatus.Canceled, waiting.Cancel(Now).Status);
    }

    [Fact]
    public void A_job_is_asked_to_stop_before_anything_is_said_of_its_end()
    {
        var wished = Submitted.Cancel(Now);

        Assert.Equal((GenerationStatus.Processing, LedgerStep.Cancel), (wished.Status, wished.NextStep));
        Assert.Null(wished.Cancellation!.Confirmed);
        Assert.True(wished.NeedsSlot);
        Assert.Same(wished, wished.Cancel(Now.AddSeconds(1)));
    }

    [Theory]
    [InlineData(CancelOutcome.Confirmed, true, true)]
    [InlineData(CancelOutcome.NotPossible, false, false)]
    [InlineData(CancelOutcome.Unavailable, false, false)]
    public void The_answer_of_the_backend_decides_what_is_confirmed(CancelOutcome outcome, bool isConfirmed, bool isOver)
    {
        var canceled = Submitted.Cancel(Now).CancelAnswered(outcome, Now);

        Assert.Equal((GenerationStatus.Canceled, isConfirmed), (canceled.Status, canceled.Cancellation!.Confirmed));
        Assert.Equal(isConfirmed, canceled.Cancellation.Message is null);
        Assert.Equal(isOver, canceled.Attempt!.IsOver);
    }

    [Fact]
    public void A_submit_in_flight_decides_what_follows_from_the_wish()
    {
        var wished = Intended.Cancel(Now);

        Assert.Equal(LedgerStep.ResolveIntent, wished.NextStep);
        Assert.Equal(LedgerStep.Cancel, wished.Submitted(new RenderJob("job"), Now).NextStep);
        Assert.Equal(true, End(wished.NotAccepted(Orders.Error(), isTransient: true, Now, 5, Now)));
        Assert.Equal(true, End(wished.NotAccepted(Orders.Error(), isTransient: false, Now, 5, Now)));
        Assert.Equal(false, End(wished.OutcomeUnknown(Orders.Error(), Now, 5, Now)));
        Assert.Equal(false, End(wished.Interrupted(Orders.Error(), Now)));
        Assert.Equal(true, End(wished.CanceledUnsent(Now)));
    }

    [Fact]
    public void An_interrupted_free_render_ended_with_us()
    {
        var wished = Accepted.Intend(Orders.Model("backend"), Free, new RenderPlan(), Now).Cancel(Now);

        Assert.Equal(true, End(wished.Interrupted(Orders.Error(), Now)));
    }

    [Fact]
    public void A_job_that_ends_before_it_is_asked_to_stop_leaves_nothing_to_confirm()
    {
        var wished = Submitted.Cancel(Now);

        Assert.Equal(true, End(wished.Failed(Orders.Error(GenerationErrorCode.ProviderFailed), Now)));
        var tooLate = wished.Rendered(new RenderResult("https://cdn/film.mp4"), Now);
        Assert.Equal(false, End(tooLate));
        Assert.Equal(LedgerStep.Fetch, tooLate.Retry(Now).NextStep);
    }

    [Fact]
    public void A_rendered_film_is_canceled_at_once_and_a_retry_pays_nothing()
    {
        Assert.Equal(false, End(Rendered.Cancel(Now)));
        Assert.Equal(LedgerStep.Fetch, Rendered.Cancel(Now).Retry(Now).NextStep);
        Assert.Equal(LedgerStep.Finish, Stored.Cancel(Now).Retry(Now).NextStep);
    }

    [Fact]
    public void What_is_finished_is_not_canceled()
    {
        var failed = Submitted.Failed(Orders.Error(), Now);
        var canceled = Accepted.Cancel(Now);

        foreach (var finished in new[] { Completed, failed, canceled, new Generation() })
        {
            Assert.Same(finished, finished.Cancel(Now));
        }
    }

    [Theory]
    [InlineData(GenerationErrorCode.JobLost, LedgerStep.Poll)]
    [InlineData(GenerationErrorCode.ProviderFailed, LedgerStep.Poll)]
    [InlineData(GenerationErrorCode.BackendMissing, LedgerStep.Poll)]
    [InlineData(GenerationErrorCode.DeadlineExceeded, LedgerStep.Poll)]
    [InlineData(GenerationErrorCode.TokenRefused, LedgerStep.Poll)]
    [InlineData(GenerationErrorCode.PermissionMissing, LedgerStep.Poll)]
    internal void A_retry_asks_for_a_paid_job_that_may_still_be_there(string code, LedgerStep step)
    {
        var retried = Submitted.Failed(Orders.Error(code), Now).Retry(Now.AddHours(1));

        Assert.Equal(step, retried.NextStep);
        Assert.Null(retried.Error);
    }

    [Fact]
    public void A_retry_of_a_free_render_that_was_refused_makes_another()
    {
        var free = Submitted with { Attempt = Submitted.Attempt! with { RepeatCostsMoney = false } };

        var retried = free.Failed(Orders.Error(GenerationErrorCode.TokenRefused), Now).Retry(Now);

        Assert.Equal(LedgerStep.Submit, retried.NextStep);
    }

    [Fact]
    public void A_retry_does_not_ask_for_a_job_that_was_stopped()
    {
        Assert.Equal(LedgerStep.Submit, Submitted.Overdue(Orders.Error(), isStopped: true, Now).Retry(Now).NextStep);
        Assert.Equal(LedgerStep.Submit, Submitted.Cancel(Now).CancelAnswered(CancelOutcome.Confirmed, Now).Retry(Now).NextStep);
    }

    [Fact]
    public void A_retry_after_a_cancel_that_was_not_confirmed_asks_for_the_job_first()
    {
        var retried = Submitted.Cancel(Now).CancelAnswered(CancelOutcome.NotPossible, Now).Retry(Now.AddHours(1));

        Assert.Equal((GenerationStatus.Processing, LedgerStep.Poll), (retried.Status, retried.NextStep));
        Assert.Null(retried.Cancellation);
        Assert.Equal(Now.AddHours(1), retried.StartedAt);
    }

    [Theory]
    [InlineData(GenerationErrorCode.RenderFailed, LedgerStep.Finish)]
    [InlineData(GenerationErrorCode.JobLost, LedgerStep.Poll)]
    [InlineData(GenerationErrorCode.ResultUnusable, LedgerStep.Poll)]
    internal void A_retry_uses_a_stored_original_only_when_it_can_be_of_use(string code, LedgerStep step) =>
        Assert.Equal(step, Stored.Failed(Orders.Error(code), Now).Retry(Now).NextStep);

    [Fact]
    public void Every_step_of_a_cancel_and_a_retry_has_its_line()
    {
        var retried = Submitted.Cancel(Now).CancelAnswered(CancelOutcome.NotPossible, Now).Retry(Now);

        Assert.Equal([LogKind.CancelRequested, LogKind.Canceled, LogKind.Retried], retried.Log.Lines.Select(line => line.Kind)
            .TakeLast(3));
        Assert.Equal([4, 5, 6], retried.Log.Lines.Select(line => line.Version).TakeLast(3));
        Assert.Contains("did not confirm", retried.Log.Lines[^2].Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_is_finished_is_deleted()
    {
        Assert.False(Submitted.Delete(Now).IsDeleted);
        Assert.False(new Generation().Delete(Now).IsDeleted);
        Assert.True(Completed.Delete(Now).IsDeleted);
        Assert.True(Accepted.Cancel(Now).Delete(Now).IsDeleted);
    }

    private static bool? End(Generation generation)
    {
        Assert.Equal(GenerationStatus.Canceled, generation.Status);
        Assert.Equal(LedgerStep.None, generation.NextStep);
        return generation.Cancellation!.Confirmed;
    }
}
