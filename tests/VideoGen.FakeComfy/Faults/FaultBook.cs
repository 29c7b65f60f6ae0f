namespace VideoGen.FakeComfy.Faults;

/// <summary>The scripted faults. They survive the restarts of the stand-in.</summary>
public sealed class FaultBook
{
    private const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    /// <summary>The faults that can still strike.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Select(entry => entry.Rule)];
            }
        }
    }

    /// <summary>Scripts a fault.</summary>
    public void Add(FaultRule rule)
    {
        lock (_gate)
        {
            if (_entries.Count == Capacity)
            {
                throw new InvalidOperationException($"The book holds {Capacity} faults at most.");
            }

            _entries.Add(new(rule) { Left = rule.Times });
        }
    }

    /// <summary>Scripts a fault for the graphs that contain the text; null is for all.</summary>
    public void Add(FaultKind fault, string? text = null, int? times = null, double? seconds = null) =>
        Add(new FaultRule(fault, text) { Times = times, Seconds = seconds });

    /// <summary>Forgets the faults of a kind; runs that were accepted keep theirs.</summary>
    public void Remove(FaultKind fault)
    {
        lock (_gate)
        {
            _entries.RemoveAll(entry => entry.Rule.Fault == fault);
        }
    }

    /// <summary>Forgets all faults; runs that were accepted keep theirs.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    internal bool Has(FaultKind first, FaultKind last)
    {
        lock (_gate)
        {
            return _entries.Exists(entry => entry.Rule.Fault >= first && entry.Rule.Fault <= last);
        }
    }

    /// <summary>Takes the first rule of each kind in the range that fits and strikes.</summary>
    internal IReadOnlyList<FaultRule> Take(FaultKind first, FaultKind last, Func<FaultRule, bool> fits)
    {
        var taken = new List<FaultRule>();
        lock (_gate)
        {
            foreach (var entry in _entries)
            {
                var rule = entry.Rule;
                if (rule.Fault >= first && rule.Fault <= last && fits(rule)
                    && !taken.Exists(other => other.Fault == rule.Fault) && rule.Strikes(++entry.Seen))
                {
                    entry.Left--;
                    taken.Add(rule);
                }
            }

            _entries.RemoveAll(entry => entry.Left <= 0);
        }

        return taken;
    }

    private sealed class Entry(FaultRule rule)
    {
        public FaultRule Rule => rule;

        public int? Left { get; set; }

        public long Seen { get; set; }
    }
}
