using System.Diagnostics;
using VideoGen.Grains.Backends;

namespace VideoGen.Grains.Telemetry;

/// <summary>Metrics and traces of backend calls.</summary>
public sealed partial class GenerationTelemetry
{
    /// <summary>Measures one call and traces it.</summary>
    internal async Task<T> CallAsync<T>(string operation, string backend, RenderPlan? plan, RenderRequest request,
        Func<Task<T>> call)
        where T : notnull
    {
        using var span = Start(operation, ActivityKind.Internal, request.GenerationId, request.Attempt);
        var outcome = await MeasureAsync(operation, backend, plan, call);
        Describe(span, [.. Tags(backend, plan?.Provider), new(Tag.Outcome, TagValues.Of(outcome))], TagValues.ErrorOf(outcome));
        return outcome;
    }

    /// <summary>Measures one call. There are too many polls for a span each; the render span covers all of them.</summary>
    internal async Task<T> MeasureAsync<T>(string operation, string backend, RenderPlan? plan, Func<Task<T>> call)
        where T : notnull
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = await call();
        if (outcome is not PollOutcome.Running { PollAfter: { Ticks: 0 } })    // such a poll waits for changes by design
        {
            _calls.Record(
                Stopwatch.GetElapsedTime(began).TotalSeconds,
                [.. Tags(backend, plan?.Provider), new(Tag.Operation, operation), new(Tag.Outcome, TagValues.Of(outcome))]);
        }

        return outcome;
    }
}
