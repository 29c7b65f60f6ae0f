using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace VideoGen.Grains.Telemetry;

/// <summary>Reports the render slots that this process owns: one silo of the cluster reports per backend.</summary>
internal sealed class SlotGauges
{
    private readonly ConcurrentDictionary<string, Reading> _budgets = [];

    public SlotGauges(Meter meter)
    {
        meter.CreateObservableGauge("videogen.renders.in_flight", () => Read(budget => budget.InFlight), "{render}", "Slots held");
        meter.CreateObservableGauge(
            "videogen.renders.queued", () => Read(budget => budget.Queued), "{generation}", "Generations that wait for a slot");
        meter.CreateObservableGauge("videogen.upstream.paused", ReadPauses, "{pause}", "Pauses of an upstream, by reason");
    }

    public void Set(string backend, int inFlight, int queued, IEnumerable<string> pauses) =>
        _budgets[backend] = new Reading(inFlight, queued, [.. pauses]);

    public void Remove(string backend) => _budgets.TryRemove(backend, out _);

    private IEnumerable<Measurement<int>> Read(Func<Reading, int> pick) =>
        _budgets.Select(budget => new Measurement<int>(pick(budget.Value), Of(Tag.Backend, budget.Key)));

    private IEnumerable<Measurement<int>> ReadPauses() => _budgets.SelectMany(budget => budget.Value.Pauses.CountBy(reason => reason)
        .Select(pauses => new Measurement<int>(pauses.Value, Of(Tag.Backend, budget.Key), Of(Tag.Reason, pauses.Key))));

    private static KeyValuePair<string, object?> Of(string tag, string value) => new(tag, value);

    private sealed record Reading(int InFlight, int Queued, string[] Pauses);
}
