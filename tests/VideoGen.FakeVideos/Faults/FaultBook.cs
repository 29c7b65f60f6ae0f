namespace VideoGen.FakeVideos.Faults;

/// <summary>The scripted faults. They outlive restarts, and chance is the same for the same seed and the same requests.</summary>
public sealed class FaultBook(int seed)
{
    private const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private int _last;

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

            _entries.Add(new(rule, unchecked((seed * 397) + ++_last)));
        }
    }

    /// <summary>Scripts a fault for the prompts that contain the text.</summary>
    public void Add(FaultKind fault, string? prompt = null, int? times = null, double? seconds = null) =>
        Add(new FaultRule(fault, prompt) { Times = times, Seconds = seconds });

    /// <summary>Forgets the faults of a kind; jobs that began to run keep theirs.</summary>
    public void Remove(FaultKind fault)
    {
        lock (_gate)
        {
            _entries.RemoveAll(entry => entry.Rule.Fault == fault);
        }
    }

    /// <summary>Forgets all faults; jobs that began to run keep theirs.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    /// <summary>
    /// The first rule of one of the kinds that strikes this request now. A create is asked about twice: before it is read, for
    /// the rules without a prompt, and afterwards (<paramref name="read"/>) for the others.
    /// </summary>
    internal FaultRule? Take(VideosRoute route, string? prompt, bool read, params ReadOnlySpan<FaultKind> kinds)
    {
        lock (_gate)
        {
            foreach (var kind in kinds)
            {
                var entry = _entries.FirstOrDefault(entry => entry.Rule.Fault == kind
                    && (entry.Rule.Route ?? route) == route
                    && !(read && entry.Rule.Prompt is null)
                    && Fits(entry.Rule, prompt)
                    && entry.Strikes());
                if (entry is not null)
                {
                    _entries.RemoveAll(other => other.IsSpent);
                    return entry.Rule;
                }
            }

            return null;
        }
    }

    /// <summary>The rule of a kind that strikes this request now.</summary>
    internal FaultRule? Take(VideosRoute route, string? prompt, FaultKind kind) => Take(route, prompt, read: false, kind);

    private static bool Fits(FaultRule rule, string? prompt) =>
        rule.Prompt is null || prompt?.Contains(rule.Prompt, StringComparison.Ordinal) == true;

    private sealed class Entry(FaultRule rule, int seed)
    {
        private readonly Random _random = new(seed);
        private int _met;
        private int _struck;

        public FaultRule Rule => rule;

        public bool IsSpent => _struck >= rule.Times;

        public bool Strikes()
        {
            if (IsSpent || ++_met <= rule.After || _random.NextDouble() >= rule.Probability)
            {
                return false;
            }

            _struck++;
            return true;
        }
    }
}
