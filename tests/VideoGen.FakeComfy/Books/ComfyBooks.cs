using VideoGen.FakeComfy.Prompts;

namespace VideoGen.FakeComfy.Books;

/// <summary>What the stand-in did, line by line. The books hold the newest 100,000 lines and survive its restarts.</summary>
public sealed class ComfyBooks(TimeProvider time)
{
    private const int Capacity = 100_000;

    private readonly Lock _gate = new();
    private readonly Queue<BookLine> _lines = [];
    private long _last;

    /// <summary>All lines, oldest first.</summary>
    public IReadOnlyList<BookLine> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The lines of a kind.</summary>
    public IReadOnlyList<BookLine> Of(BookEvent kind) => [.. Lines.Where(line => line.Event == kind)];

    /// <summary>How many lines of a kind there are, all or those whose prefix, seed or prompt id is the text.</summary>
    public int Count(BookEvent kind, string? about = null) =>
        Lines.Count(line => line.Event == kind && (about is null || line.IsAbout(about)));

    /// <summary>Forgets all lines.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _lines.Clear();
        }
    }

    internal void Add(BookEvent kind, Run run, string? reason = null, string? file = null) => Add(
        new(0, default, kind, run.Id, run.AskedId, run.Serial, run.Graph.Seed, run.Graph.Prefix, reason, file));

    internal void Add(BookLine line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line with { Number = ++_last, At = time.GetUtcNow() });
            if (_lines.Count > Capacity)
            {
                _lines.Dequeue();
            }
        }
    }
}
