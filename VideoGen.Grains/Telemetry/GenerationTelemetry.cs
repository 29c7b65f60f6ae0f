using System.Diagnostics;
using System.Diagnostics.Metrics;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Telemetry;

/// <summary>
/// Owns the meter and the activity source <c>VideoGen</c>. What happened to a generation is derived from two of its states, so
/// that it is counted once and only after it is stored. Tags come from closed lists and never contain ids, prompts or addresses.
/// </summary>
public sealed class GenerationTelemetry : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "VideoGen";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600],
    };

    private readonly SlotGauges _slots;
    private readonly Counter<long> _submitted;
    private readonly Counter<long> _completed;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _canceled;
    private readonly Counter<long> _expired;
    private readonly Counter<long> _collected;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _retried;
    private readonly Counter<long> _resumed;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _givenUp;
    private readonly Counter<long> _unknown;
    private readonly Counter<long> _bytes;
    private long _kept = -1;
    private readonly Histogram<double> _total;
    private readonly Histogram<double> _queueWait;
    private readonly Histogram<double> _renderTime;

    /// <summary>The meter factory owns the meter.</summary>
    public GenerationTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _slots = new SlotGauges(meter);
        _submitted = Count("videogen.generations.submitted", "{generation}", "Accepted orders");
        _completed = Count("videogen.generations.completed", "{generation}", "Finished videos");
        _failed = Count("videogen.generations.failed", "{generation}", "Generations that failed");
        _canceled = Count("videogen.generations.canceled", "{generation}", "Generations that the user canceled");
        _expired = Count("videogen.generations.expired", "{generation}", "Generations whose media expired");
        _collected = Count("videogen.uploads.collected", "{file}", "Deleted uploads that nothing needed");
        _unreadable = Count("videogen.generations.unreadable", "{read}", "Reads that failed because of damaged state");
        meter.CreateObservableGauge("videogen.films.kept", KeptBytes, "By", "Bytes of the videos of all owners");
        _retried = Count("videogen.generations.retried", "{generation}", "Generations that the user retried");
        _resumed = Count("videogen.generations.resumed", "{generation}", "Generations that were resumed");
        _attempts = Count("videogen.attempts", "{attempt}", "Attempts about to be submitted to a backend");
        _givenUp = Count("videogen.attempts.given_up", "{attempt}", "Attempts that were refused, lost or interrupted");
        _unknown = Count("videogen.attempts.outcome_unknown", "{attempt}", "Paid submits with an unknown outcome");
        _bytes = Count("videogen.fetched", "By", "Bytes of rendered videos that were downloaded");
        _total = Time("videogen.generation.duration", "From the submission to the finished video");
        _queueWait = Time("videogen.queue.wait", "From the submission to its first attempt");
        _renderTime = Time("videogen.render.duration", "From the accepted submit to the rendered video");
        Calls = new BackendCalls(Time("videogen.backend.duration", "One call to a backend"), Traces);

        Counter<long> Count(string name, string unit, string what) => meter.CreateCounter<long>(name, unit, what);
        Histogram<double> Time(string name, string what) => meter.CreateHistogram(name, "s", what, tags: null, Seconds);
    }

    internal GenerationTraces Traces { get; } = new();

    internal BackendCalls Calls { get; }

    /// <inheritdoc/>
    public void Dispose() => Traces.Dispose();

    /// <summary>A new state was stored: counts and traces the change.</summary>
    internal void Moved(string id, Generation before, Generation after)
    {
        if (!before.IsAccepted && after.IsAccepted)
        {
            _submitted.Add(1);
        }
        else if (before.IsFinished && after.IsUnfinished)
        {
            _retried.Add(1);
        }

        if (after.Attempt is { } attempt)
        {
            MovedAttempt(id, before, after, attempt);
        }

        if (after is { IsExpired: true, Expiry: { } expiry } && !before.IsExpired)
        {
            _expired.Add(1, KeyValuePair.Create<string, object?>(Tag.Reason, TagValues.Of(expiry.Reason)));
        }

        if (before.IsUnfinished && after.IsFinished)
        {
            Ended(after);
        }
    }

    /// <summary>A generation was resumed.</summary>
    internal void Resumed(string id, Generation generation)
    {
        var step = KeyValuePair.Create<string, object?>(Tag.Step, TagValues.Of(generation.NextStep));
        _resumed.Add(1, step);
        using var span = Traces.Start("resume", ActivityKind.Internal, id, generation.AttemptNumber);
        span?.SetTag(step.Key, step.Value);
    }

    /// <summary>
    /// How many slots of a backend are held, how many generations wait for one, and why it is paused; reported by the silo that
    /// owns its slots.
    /// </summary>
    internal void SlotsChanged(string backend, int inFlight, int queued, IEnumerable<string> pauses) =>
        _slots.Set(backend, inFlight, queued, pauses);

    /// <summary>Another silo owns the slots of the backend now, and reports them.</summary>
    internal void SlotsMoved(string backend) => _slots.Remove(backend);

    /// <summary>The total bytes of all videos; reported by the one silo that counts them.</summary>
    internal void Kept(long bytes) => Volatile.Write(ref _kept, bytes);

    /// <summary>Another silo counts now.</summary>
    public void KeptElsewhere() => Volatile.Write(ref _kept, -1);

    /// <summary>Uploads were deleted.</summary>
    internal void Collected(int count) => _collected.Add(count);

    /// <summary>A generation could not be read, and only its own stored state can be the cause.</summary>
    internal void Unreadable() => _unreadable.Add(1);

    private IEnumerable<Measurement<long>> KeptBytes() => Volatile.Read(ref _kept) is >= 0 and var bytes ? [new(bytes)] : [];

    private void MovedAttempt(string id, Generation before, Generation after, RenderAttempt attempt)
    {
        var earlier = before.AttemptNumber == attempt.Number ? before.Attempt : null;
        var tags = BackendTags.Of(after);
        if (earlier is null)
        {
            _attempts.Add(1, tags);
            if (before.Attempt is null || before.Attempt.IntendedAt < after.OrderedAt)
            {
                // Once per submission: an attempt after a return to the queue says nothing more about the wait.
                _queueWait.Record((attempt.IntendedAt - after.OrderedAt).TotalSeconds, tags);
                Traces.Completed("queue", id, after, after.OrderedAt, attempt.IntendedAt);
            }
        }

        if (attempt.SubmittedAt is { } submitted && EndsRender(attempt, earlier, before, after))
        {
            _renderTime.Record((after.UpdatedAt - submitted).TotalSeconds, tags);
            Traces.Completed("render", id, after, submitted, after.UpdatedAt);
        }

        if (attempt.Original is { } original && earlier?.Original is null)
        {
            _bytes.Add(original.Bytes, tags);
        }

        if (attempt.Error is { } error && earlier?.Error is null)
        {
            _givenUp.Add(1, [.. tags, KeyValuePair.Create<string, object?>(Tag.Error, error.Code)]);
        }

        if (IsUnknown(after) && !IsUnknown(before) && attempt.RepeatCostsMoney)
        {
            _unknown.Add(1, tags);
        }
    }

    private void Ended(Generation after)
    {
        var tags = after.Attempt is null ? [] : BackendTags.Of(after);
        switch (after.Status)
        {
            case GenerationStatus.Completed:
                _completed.Add(1, tags);
                _total.Record((after.UpdatedAt - after.OrderedAt).TotalSeconds, tags);
                break;
            case GenerationStatus.Failed:
                _failed.Add(1, [.. tags, KeyValuePair.Create<string, object?>(Tag.Error, after.Error?.Code)]);
                break;
            case GenerationStatus.Canceled:
                _canceled.Add(1, tags);
                break;
        }
    }

    private static bool EndsRender(RenderAttempt attempt, RenderAttempt? earlier, Generation before, Generation after) =>
        earlier is { Job: not null, Result: null, IsOver: false } && before.IsUnfinished
        && (attempt.Result is not null || attempt.IsOver || after.IsFinished);

    private static bool IsUnknown(Generation generation) =>
        (generation.Attempt?.Error ?? generation.Error)?.Code is GenerationErrorCode.OutcomeUnknown;
}
