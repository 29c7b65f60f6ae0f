namespace VideoGen.FakeComfy.Prompts;

/// <summary>The newest 10,000 runs that ended, one for each id.</summary>
internal sealed class RunHistory
{
    private const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Ended> _ended = [];

    /// <summary>All, oldest first.</summary>
    public IReadOnlyList<Ended> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _ended.Values];
            }
        }
    }

    /// <summary>The outputs of the newest run that has some.</summary>
    public IReadOnlyDictionary<string, object>? LastOutputs => All.LastOrDefault(ended => ended.Outputs.Count > 0)?.Outputs;

    public Ended? Find(string id)
    {
        lock (_gate)
        {
            return _ended.GetValueOrDefault(id);
        }
    }

    public void Add(Ended ended)
    {
        lock (_gate)
        {
            _ended.Remove(ended.Run.Id);
            _ended.Add(ended.Run.Id, ended);
            if (_ended.Count > Capacity)
            {
                _ended.RemoveAt(0);
            }
        }
    }

    public void Remove(string id)
    {
        lock (_gate)
        {
            _ended.Remove(id);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _ended.Clear();
        }
    }
}
