namespace VideoGen.FakeVideos.Books;

/// <summary>What really happened, whatever clients were told: the newest 100,000 lines. The books outlive restarts.</summary>
public sealed class VideosBooks(TimeProvider time)
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

    /// <summary>The lines of an event, or of all, whose prompt contains the text; oldest first.</summary>
    public IReadOnlyList<BookLine> Of(BookEvent? @event, string? prompt = null)
    {
        lock (_gate)
        {
            return [.. _lines.Where(line => (@event is null || line.Event == @event) && IsFor(line, prompt))];
        }
    }

    /// <summary>How many lines <see cref="Of"/> has.</summary>
    public int Count(BookEvent @event, string? prompt = null)
    {
        lock (_gate)
        {
            return _lines.Count(line => line.Event == @event && IsFor(line, prompt));
        }
    }

    /// <summary>Forgets all lines.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _lines.Clear();
        }
    }

    internal void Add(
        BookEvent @event, string? id = null, string? prompt = null, long? seed = null, string? size = null,
        string? seconds = null, string? picture = null, string? note = null)
    {
        lock (_gate)
        {
            _lines.Enqueue(new(++_last, time.GetUtcNow(), @event, id, prompt, seed, size, seconds, picture, note));
            if (_lines.Count > Capacity)
            {
                _lines.Dequeue();
            }
        }
    }

    private static bool IsFor(BookLine line, string? prompt) =>
        prompt is null || line.Prompt?.Contains(prompt, StringComparison.Ordinal) == true;
}
