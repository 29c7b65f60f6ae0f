using System.Diagnostics;
using System.Diagnostics.Metrics;
using VideoGen.Grains.Backends;

namespace VideoGen.Grains.Telemetry;

/// <summary>Measures and traces calls to backends.</summary>
internal sealed class BackendCalls(Histogram<double> durations, GenerationTraces traces)
{
    /// <summary>Measures one call and traces it.</summary>
    public async Task<T> CallAsync<T>(
        string operation, string backend, RenderPlan? plan, RenderRequest request, Func<Task<T>> call)
        where T : notnull
    {
        using var span = traces.Start(operation, ActivityKind.Internal, request.GenerationId, request.Attempt);
        var outcome = await MeasureAsync(operation, backend, plan, call);
        GenerationTraces.Describe(
            span,
            [.. BackendTags.Of(backend, plan?.Provider), new(Tag.Outcome, TagValues.Of(outcome))],
            TagValues.ErrorOf(outcome));
        return outcome;
    }

    /// <summary>Measures one call. There are too many polls for a span each; the render span covers all of them.</summary>
    public async Task<T> MeasureAsync<T>(string operation, string backend, RenderPlan? plan, Func<Task<T>> call)
        where T : notnull
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = await call();
        if (outcome is not PollOutcome.Running { PollAfter: { Ticks: 0 } })    // such a poll waits for changes by design
        {
            durations.Record(
                Stopwatch.GetElapsedTime(began).TotalSeconds,
                [
                    .. BackendTags.Of(backend, plan?.Provider),
                    new(Tag.Operation, operation),
                    new(Tag.Outcome, TagValues.Of(outcome)),
                ]);
        }

        return outcome;
    }
}
