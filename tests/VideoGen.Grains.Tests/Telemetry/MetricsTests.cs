using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Telemetry;

/// <summary>What is counted when one state of a generation takes the place of another.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string Id = "0193b0d2-0000-7000-8000-000000000001";
    private const string Paid = "backend=huggingface provider=fal-ai model=huggingface";
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly MeterRecorder _recorder = new();
    private Generation _generation = new();

    public void Dispose() => _recorder.Dispose();

    [Fact]
    public void A_film_is_counted_and_timed_step_by_step()
    {
        Assert.Equal(["generations.submitted 1"], Move(Accepted()));
        Assert.Equal([$"attempts 1 {Paid}", $"queue.wait 3 {Paid}"], Move(Intend(_generation, after: 3)));
        Assert.Empty(Move(_generation.Submitted(new RenderJob("job"), Now.AddSeconds(4))));
        Assert.Equal([$"render.duration 60 {Paid}"],
            Move(_generation.Rendered(new RenderResult("https://cdn/x"), Now.AddSeconds(64))));
        Assert.Equal([$"fetched 1234 {Paid}"],
            Move(_generation.Stored(new StoredMedia("o.mp4", 1234, "00"), Now.AddSeconds(65))));
        Assert.Equal(
            [$"generations.completed 1 {Paid}", $"generation.duration 70 {Paid}"],
            Move(_generation.Completed(new FinishedVideo("v.mp4", "p.jpg", 5, 768, 768, 1), Now.AddSeconds(70))));
    }

    [Fact]
    public void A_refused_attempt_counts_with_its_reason_and_the_next_one_does_not_wait_in_the_queue_again()
    {
        Move(Accepted());
        Move(Intend(_generation, after: 1));

        Assert.Equal(
            [$"attempts.given_up 1 {Paid} type=rate_limited"],
            Move(_generation.NotAccepted(Orders.Error(GenerationErrorCode.RateLimited), true, Now, 5, Now)));
        Assert.Equal([$"attempts 1 {Paid}"], Move(Intend(_generation, after: 9)));
    }

    [Fact]
    public void A_paid_order_of_unknown_outcome_raises_the_alarm_once_and_a_free_one_does_not()
    {
        Move(Accepted());
        Move(Intend(_generation, after: 1));
        var alarm = Move(_generation.OutcomeUnknown(Orders.Error(GenerationErrorCode.OutcomeUnknown), Now, 5, Now));
        var retry = Move(_generation.Retry(Now));

        Assert.Contains($"attempts.outcome_unknown 1 {Paid}", alarm);
        Assert.Contains($"generations.failed 1 {Paid} type=outcome_unknown", alarm);
        Assert.Equal(["generations.retried 1"], retry);

        _generation = new();
        Move(Accepted());
        Move(Intend(_generation, after: 1, new BackendTraits(IsPreview: true, RepeatCostsMoney: false)));
        Assert.DoesNotContain(
            Move(_generation.Interrupted(Orders.Error(GenerationErrorCode.OutcomeUnknown), Now)),
            measured => measured.StartsWith("attempts.outcome_unknown", StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_that_fails_at_its_provider_ends_the_render_and_the_generation()
    {
        Move(Accepted());
        Move(Intend(_generation, after: 1));
        Move(_generation.Submitted(new RenderJob("job"), Now.AddSeconds(1)));

        Assert.Equal(
            [$"render.duration 10 {Paid}", $"generations.failed 1 {Paid} type=provider_failed"],
            Move(_generation.Failed(Orders.Error(GenerationErrorCode.ProviderFailed), Now.AddSeconds(11))));
    }

    [Fact]
    public void A_generation_taken_up_in_the_middle_is_counted_by_where_it_goes_on()
    {
        Move(Accepted());
        Move(Intend(_generation, after: 1));
        _recorder.Telemetry.Resumed(Id, _generation.Submitted(new RenderJob("job"), Now));

        Assert.Equal(["generations.resumed 1 step=poll"], _recorder.Take());
    }

    [Fact]
    public void Only_the_owner_of_a_budget_shows_it()
    {
        _recorder.Telemetry.SlotsChanged("huggingface", inFlight: 4, queued: 17, pauses: []);
        Assert.Equal(["renders.in_flight 4 backend=huggingface", "renders.queued 17 backend=huggingface"], _recorder.Observe());

        _recorder.Telemetry.SlotsMoved("huggingface");
        Assert.Empty(_recorder.Observe());
    }

    [Fact]
    public void A_paused_upstream_is_shown_with_its_reason_until_it_goes_on()
    {
        _recorder.Telemetry.SlotsChanged("huggingface", inFlight: 0, queued: 17, pauses: [GenerationErrorCode.PaymentRequired]);
        Assert.Contains("upstream.paused 1 backend=huggingface reason=payment_required", _recorder.Observe());

        _recorder.Telemetry.SlotsChanged("huggingface", inFlight: 4, queued: 13, pauses: []);
        Assert.DoesNotContain(_recorder.Observe(), measured => measured.StartsWith("upstream.paused", StringComparison.Ordinal));
    }

    private static Generation Accepted() => Generation.Accept(Orders.Request(), new HistoryEntry(7, Id, Now));

    private static Generation Intend(Generation generation, int after, BackendTraits? traits = null) => generation.Intend(
        Orders.Model("huggingface"), traits ?? new(IsPreview: false, RepeatCostsMoney: true), new RenderPlan("fal-ai"),
        Now.AddSeconds(after));

    private IReadOnlyList<string> Move(Generation next)
    {
        _recorder.Telemetry.Moved(Id, _generation, next);
        _generation = next;
        return _recorder.Take();
    }
}
