namespace VideoGen.FakeHub.Requests;

/// <summary>Keeps the newest entries, numbered from 1.</summary>
internal sealed class BoundedLog<T>(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _entries = [];
    private long _last;

    public IReadOnlyList<T> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public void Add(Func<long, T> entry)
    {
        lock (_gate)
        {
            _entries.Enqueue(entry(++_last));
            if (_entries.Count > capacity)
            {
                _entries.Dequeue();
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }
}
