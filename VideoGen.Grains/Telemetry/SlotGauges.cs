using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace VideoGen.Grains.Telemetry;

/// <summary>Reports the render slots that this process owns: one silo of the cluster reports per backend.</summary>
internal sealed class SlotGauges
{
    private readonly ConcurrentDictionary<string, Reading> _slots = [];

    public SlotGauges(Meter meter)
    {
        meter.CreateObservableGauge("videogen.renders.in_flight", () => Read(slots => slots.InFlight), "{render}", "Slots held");
        meter.CreateObservableGauge(
            "videogen.renders.queued", () => Read(slots => slots.Queued), "{generation}", "Generations that wait for a slot");
        meter.CreateObservableGauge("videogen.upstream.paused", ReadPauses, "{pause}", "Pauses of an upstream, by reason");
    }

    public void Set(string backend, int inFlight, int queued, IEnumerable<string> pauses) =>
        _slots[backend] = new Reading(inFlight, queued, [.. pauses]);

    public void Remove(string backend) => _slots.TryRemove(backend, out _);

    private IEnumerable<Measurement<int>> Read(Func<Reading, int> pick) =>
        _slots.Select(slots => new Measurement<int>(pick(slots.Value), Of(Tag.Backend, slots.Key)));

    private IEnumerable<Measurement<int>> ReadPauses() => _slots.SelectMany(slots => slots.Value.Pauses.CountBy(reason => reason)
        .Select(pauses => new Measurement<int>(pauses.Value, Of(Tag.Backend, slots.Key), Of(Tag.Reason, pauses.Key))));

    private static KeyValuePair<string, object?> Of(string tag, string value) => new(tag, value);

    private sealed record Reading(int InFlight, int Queued, string[] Pauses);
}
