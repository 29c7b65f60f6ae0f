using System.Diagnostics;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Telemetry;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Telemetry;

/// <summary>Which spans are made, and what they hang on.</summary>
public sealed class TraceTests : IDisposable
{
    private const string Id = "0193b0d2-0000-7000-8000-000000000002";
    private const string Request = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly MeterRecorder _recorder = new();

    private GenerationTelemetry Telemetry => _recorder.Telemetry;

    public void Dispose() => _recorder.Dispose();

    [Fact]
    public async Task A_step_of_the_loop_hangs_on_the_request_and_what_it_asks_between_two_steps_is_not_recorded()
    {
        using var ears = new SpanRecorder();
        Telemetry.Traces.Follow(Request);
        var between = Activity.Current!;
        var backend = new MeasuredBackend(
            new ScriptedBackend { Submit = _ => Task.FromResult<SubmitOutcome>(new SubmitOutcome.Unknown(Secretive)) },
            Telemetry.Calls);

        await backend.PollAsync(Order(), new RenderPlan("fal-ai"), new RenderJob("job"), CancellationToken.None);
        var planned = Assert.IsType<PlanOutcome.Planned>(await backend.PlanAsync(Order(), CancellationToken.None));
        await planned.Submit();

        Assert.False(between.Recorded);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", between.TraceId.ToHexString());
        Assert.Same(between, Activity.Current);
        Assert.Equal(["generation.plan", "generation.submit"], ears.SpansOf(Id).Select(one => one.OperationName));
        var span = ears.SpansOf(Id)[^1];
        Assert.Equal(Request, $"00-{span.TraceId}-{span.ParentSpanId}-01");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("otter", StringComparison.Ordinal));
        Assert.Null(span.StatusDescription);
    }

    [Fact]
    public void Queue_and_render_are_told_whole_by_whoever_sees_their_end()
    {
        using var ears = new SpanRecorder();
        var accepted = Generation.Accept(Orders.Request(), new HistoryEntry(7, Id, Now)) with { TraceParent = Request };
        var intended = accepted.Intend(
            Orders.Model("huggingface"), new(false, true), new RenderPlan("fal-ai"), Now.AddSeconds(3));
        var submitted = intended.Submitted(new RenderJob("job"), Now.AddSeconds(4));

        Telemetry.Moved(Id, accepted, intended);
        Telemetry.Moved(Id, submitted, submitted.Rendered(new RenderResult("https://cdn/x?key=1"), Now.AddSeconds(64)));

        Assert.Equal(
            [("generation.queue", 0, 3), ("generation.render", 4, 64)],
            ears.SpansOf(Id).Select(
                span => (span.OperationName, Seconds(span.StartTimeUtc), Seconds(span.StartTimeUtc + span.Duration))));
        Assert.All(ears.SpansOf(Id), span => Assert.Equal(Request, $"00-{span.TraceId}-{span.ParentSpanId}-01"));

        static int Seconds(DateTime time) => (int)(time - Now.UtcDateTime).TotalSeconds;
    }

    [Fact]
    public void Of_a_request_that_is_not_recorded_no_context_is_stored()
    {
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        Assert.Null(GenerationTraces.Accept(Id));

        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        Assert.Equal(request.Id, GenerationTraces.Accept(Id));
    }

    private static GenerationError Secretive => Orders.Error(GenerationErrorCode.OutcomeUnknown) with { Message = "an otter" };

    private static RenderRequest Order() => new(Id, 1, Orders.Request());
}

/// <summary>Hears every span of our source, and so those of other tests too.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly List<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public SpanRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GenerationTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Keep,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> SpansOf(string id)
    {
        lock (_spans)
        {
            return [.. _spans.Where(span => span.GetTagItem("videogen.generation") as string == id)];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Keep(Activity span)
    {
        lock (_spans)
        {
            _spans.Add(span);
        }
    }
}
