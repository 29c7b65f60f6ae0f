using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace VideoGen.Grains.Telemetry;

/// <summary>Shows the budgets that live in this process: one of the cluster's silos per backend has something to say.</summary>
internal sealed class BudgetGauges
{
    private readonly ConcurrentDictionary<string, (int InFlight, int Queued)> _budgets = [];

    public BudgetGauges(Meter meter)
    {
        meter.CreateObservableGauge("videogen.renders.in_flight", () => Read(budget => budget.InFlight), "{render}", "Slots held");
        meter.CreateObservableGauge(
            "videogen.renders.queued", () => Read(budget => budget.Queued), "{generation}", "Generations that wait for a slot");
    }

    public void Set(string backend, int inFlight, int queued) => _budgets[backend] = (inFlight, queued);

    public void Remove(string backend) => _budgets.TryRemove(backend, out _);

    private IEnumerable<Measurement<int>> Read(Func<(int InFlight, int Queued), int> pick) => _budgets.Select(
        budget => new Measurement<int>(pick(budget.Value), new KeyValuePair<string, object?>(Tag.Backend, budget.Key)));
}
