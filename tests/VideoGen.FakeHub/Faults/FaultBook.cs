using VideoGen.FakeHub.Jobs;

namespace VideoGen.FakeHub.Faults;

/// <summary>The scripted faults. A submit takes the first for submits that fits, an accepted job all for jobs.</summary>
public sealed class FaultBook
{
    private const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly List<(FaultRule Rule, int? Left)> _rules = [];

    /// <summary>The faults that can still strike.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (_gate)
            {
                return [.. _rules.Select(entry => entry.Rule)];
            }
        }
    }

    /// <summary>Scripts a fault.</summary>
    public void Add(FaultRule rule)
    {
        lock (_gate)
        {
            if (_rules.Count == Capacity)
            {
                throw new InvalidOperationException($"The book holds {Capacity} faults at most.");
            }

            _rules.Add((rule, rule.Match?.Next));
        }
    }

    /// <summary>Scripts a fault for the submits whose prompt contains the text.</summary>
    public void Add(FaultKind fault, string prompt, int? next = null, int? status = null, double? seconds = null) =>
        Add(new FaultRule(fault, new(prompt, Next: next)) { Status = status, Seconds = seconds });

    /// <summary>Forgets the faults of a kind; jobs that were accepted keep theirs.</summary>
    public void Remove(FaultKind fault)
    {
        lock (_gate)
        {
            _rules.RemoveAll(entry => entry.Rule.Fault == fault);
        }
    }

    /// <summary>Forgets all faults; jobs that were accepted keep theirs.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    internal FaultRule? TakeForMapping(string model) =>
        Take(rule => rule.Fault is FaultKind.EmptyMapping or FaultKind.MappingError
            && (rule.Match?.Model ?? model) == model, 1).FirstOrDefault();

    internal FaultRule? TakeForSubmit(Order order) => Take(rule => StrikesSubmit(rule) && Fits(rule, order), 1).FirstOrDefault();

    internal IReadOnlyList<FaultRule> TakeForJob(Order order) => Take(rule => StrikesJob(rule) && Fits(rule, order), Capacity);

    private static bool StrikesSubmit(FaultRule rule) => rule.Fault is > FaultKind.MappingError and <= FaultKind.AcceptThenError;

    private static bool StrikesJob(FaultRule rule) => rule.Fault > FaultKind.AcceptThenError;

    private static bool Fits(FaultRule rule, Order order) => rule.Match?.Fits(order) ?? true;

    private List<FaultRule> Take(Func<FaultRule, bool> fits, int limit)
    {
        lock (_gate)
        {
            var taken = _rules.Select(entry => entry.Rule).Where(fits).Take(limit).ToList();
            foreach (var rule in taken)
            {
                var at = _rules.FindIndex(entry => ReferenceEquals(entry.Rule, rule));
                _rules[at] = (rule, _rules[at].Left - 1);
            }

            _rules.RemoveAll(entry => entry.Left <= 0);
            return taken;
        }
    }
}
