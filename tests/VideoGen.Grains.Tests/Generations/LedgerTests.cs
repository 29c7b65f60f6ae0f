using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

public sealed class LedgerTests
{
    private const int MaxAttempts = 3;
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly BackendTraits Free = new(IsPreview: true, RepeatCostsMoney: false);
    private static readonly BackendTraits Paid = new(IsPreview: false, RepeatCostsMoney: true);

    private static Generation Accepted => Generation.Accept(Orders.Request(), new HistoryEntry(7, "id", Now));

    [Fact]
    public void Every_ledger_line_leads_to_the_next_step()
    {
        var steps = new List<LedgerStep>();
        var generation = Accepted;
        Note();
        generation = Intend(generation, Paid);
        Note();
        generation = generation.Submitted(new RenderJob("job"), Now);
        Note();
        generation = generation.Rendered(new RenderResult("https://cdn/film.mp4"), Now);
        Note();
        generation = generation.Stored(new StoredMedia("o.mp4", 1, "00"), Now);
        Note();
        generation = generation.Completed(new FinishedVideo("v.mp4", "p.jpg", 5, 768, 768, 1), Now);
        Note();

        Assert.Equal(
            [LedgerStep.Submit, LedgerStep.ResolveIntent, LedgerStep.Poll, LedgerStep.Fetch, LedgerStep.Finish, LedgerStep.None],
            steps);
        Assert.Equal(6, generation.Version);
        Assert.Equal(GenerationStatus.Completed, generation.Status);

        void Note() => steps.Add(generation.NextStep);
    }

    [Fact]
    public void A_generation_that_was_never_accepted_has_nothing_to_do()
    {
        Assert.Equal(LedgerStep.None, new Generation().NextStep);
        Assert.False(new Generation().NeedsSlot);
        Assert.False(new Generation().IsUnfinished);
    }

    [Fact]
    public void A_slot_is_needed_from_the_submit_until_the_original_is_stored()
    {
        var submitted = Intend(Accepted, Paid).Submitted(new RenderJob("job"), Now);

        Assert.True(Accepted.NeedsSlot);
        Assert.True(submitted.NeedsSlot);
        Assert.False(submitted.Stored(new StoredMedia("o.mp4", 1, "00"), Now).NeedsSlot);
        Assert.False(submitted.Failed(Orders.Error(), Now).NeedsSlot);
    }

    [Fact]
    public void An_interrupted_paid_submit_fails_and_waits_for_the_user()
    {
        var generation = Intend(Accepted, Paid).Interrupted(Orders.Error(GenerationErrorCode.OutcomeUnknown), Now);

        Assert.Equal(GenerationStatus.Failed, generation.Status);
        Assert.Equal(GenerationErrorCode.OutcomeUnknown, generation.Error!.Code);
        Assert.Equal(LedgerStep.None, generation.NextStep);
    }

    [Fact]
    public void An_interrupted_free_render_starts_over_without_using_up_its_attempts()
    {
        var generation = Accepted;
        for (var crash = 1; crash <= 20; crash++)
        {
            generation = Intend(generation, Free).Interrupted(Orders.Error(), Now);
            Assert.Equal(LedgerStep.Submit, generation.NextStep);
        }

        Assert.Equal(20, generation.AttemptNumber);
        Assert.Equal(0, generation.AttemptsUsed);
    }

    [Fact]
    public void A_generation_that_keeps_being_interrupted_fails_in_the_end()
    {
        var generation = Accepted;
        for (var crash = 0; crash <= Generation.MaxInterruptions; crash++)
        {
            Assert.Equal(LedgerStep.Submit, generation.NextStep);
            generation = Intend(generation, Free).Interrupted(Orders.Error(), Now);
        }

        Assert.Equal(GenerationStatus.Failed, generation.Status);
    }

    [Fact]
    public void A_certain_transient_refusal_is_tried_again_until_the_attempts_are_used_up()
    {
        var generation = Accepted;
        for (var attempt = 1; attempt < MaxAttempts; attempt++)
        {
            generation = Refuse(Intend(generation, Paid), isTransient: true);
            Assert.Equal(LedgerStep.Submit, generation.NextStep);
            Assert.Equal(Now.AddSeconds(9), generation.RetryAt);
        }

        generation = Refuse(Intend(generation, Paid), isTransient: true);
        Assert.Equal(GenerationStatus.Failed, generation.Status);
        Assert.Equal(MaxAttempts, generation.AttemptNumber);
    }

    [Fact]
    public void A_final_refusal_fails_at_once() =>
        Assert.Equal(GenerationStatus.Failed, Refuse(Intend(Accepted, Paid), isTransient: false).Status);

    [Fact]
    public void An_unknown_outcome_is_never_sent_again_where_a_repeat_costs_money()
    {
        Assert.Equal(GenerationStatus.Failed, Unknown(Paid).Status);
        Assert.Equal(LedgerStep.Submit, Unknown(Free).NextStep);

        static Generation Unknown(BackendTraits traits) =>
            Intend(Accepted, traits).OutcomeUnknown(Orders.Error(GenerationErrorCode.OutcomeUnknown), Now, MaxAttempts, Now);
    }

    [Fact]
    public void A_retry_makes_a_new_attempt_with_a_fresh_count()
    {
        var failed = Refuse(Intend(Accepted, Paid), isTransient: false);
        var retried = failed.Retry(Now.AddHours(1));

        Assert.Equal(GenerationStatus.Pending, retried.Status);
        Assert.Null(retried.Error);
        Assert.Equal(0, retried.AttemptsUsed);
        Assert.Equal(LedgerStep.Submit, retried.NextStep);
        Assert.Equal(2, Intend(retried, Paid).AttemptNumber);
        Assert.Equal(Now.AddHours(1), retried.OrderedAt);
    }

    [Fact]
    public void A_retry_uses_an_original_that_is_already_paid_for()
    {
        var failed = Intend(Accepted, Paid).Submitted(new RenderJob("job"), Now).Rendered(new RenderResult("u"), Now)
            .Stored(new StoredMedia("o.mp4", 1, "00"), Now).Failed(Orders.Error(GenerationErrorCode.RenderFailed), Now);

        var retried = failed.Retry(Now);

        Assert.Equal(LedgerStep.Finish, retried.NextStep);
        Assert.Equal(GenerationStatus.Processing, retried.Status);
    }

    private static Generation Intend(Generation generation, BackendTraits traits) =>
        generation.Intend(Orders.Model("backend"), traits, new RenderPlan(), Now);

    private static Generation Refuse(Generation generation, bool isTransient) =>
        generation.NotAccepted(Orders.Error(), isTransient, Now.AddSeconds(9), MaxAttempts, Now);
}
