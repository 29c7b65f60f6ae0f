using VideoGen.ServiceDefaults;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// How many connections are open at once, by what this process may use. Those above <see cref="Served"/> are told to come again,
/// and above <see cref="Accepted"/> none is taken from the operating system until another has ended.
/// </summary>
internal sealed class ConnectionPlaces : IDisposable
{
    private const int Most = 20_000;
    private const int Fewest = 16;

    /// <summary>
    /// The program, its store, its tools and its own connections: 300 when idle, and what they need under load.
    /// </summary>
    private const int OwnFiles = 384;

    /// <summary>Of the memory half; a connection with a request takes some 20 KB, and its buffers may hold more.</summary>
    private const int BytesEach = 32 * 1024;

    private readonly SemaphoreSlim _free;
    private int _open;

    public ConnectionPlaces()
        : this(ProcessLimits.OpenFiles, ProcessLimits.Memory)
    {
    }

    internal ConnectionPlaces(long files, long memory)
    {
        // A connection that is served may open a file besides (media, an upload), so that of five files it has two, and one that
        // is refused has the fifth of two others.
        Served = (int)Math.Clamp(Math.Min((files - OwnFiles) / 5 * 2, memory / 2 / BytesEach), Fewest, Most);
        Accepted = Served + Math.Min(Served / 2, 1024);
        _free = new SemaphoreSlim(Accepted);
    }

    public int Served { get; }

    public int Accepted { get; }

    /// <summary>Waits for a place; it is free again when the place is left.</summary>
    public async ValueTask<Place> EnterAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new Place(this, isServed: Interlocked.Increment(ref _open) <= Served);
    }

    public void Dispose() => _free.Dispose();

    /// <summary>One open connection.</summary>
    internal sealed class Place(ConnectionPlaces places, bool isServed)
    {
        private int _left;

        /// <summary>Whether it is one of those that are answered.</summary>
        public bool IsServed => isServed;

        public void Leave()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref places._open);
                places._free.Release();
            }
        }
    }
}
