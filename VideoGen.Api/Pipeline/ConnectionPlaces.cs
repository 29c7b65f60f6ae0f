using VideoGen.ServiceDefaults;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// Limits open connections by the resources of this process. Connections above <see cref="Served"/> get a 503. Above
/// <see cref="Accepted"/>, no connection is accepted until another one has closed.
/// </summary>
internal sealed class ConnectionPlaces : IDisposable
{
    private const int Most = 20_000;
    private const int Fewest = 16;

    /// <summary>
    /// File handles for the program, its store, its tools and its own connections: 300 when idle, plus a reserve for load.
    /// </summary>
    private const int OwnFiles = 384;

    /// <summary>
    /// Half of the memory is for connections. A connection with a request takes about 20 KB, and its buffers can hold more.
    /// </summary>
    private const int BytesEach = 32 * 1024;

    private readonly SemaphoreSlim _free;
    private int _open;

    public ConnectionPlaces()
        : this(ProcessLimits.OpenFiles, ProcessLimits.Memory)
    {
    }

    internal ConnectionPlaces(long files, long memory)
    {
        // A served connection can open one more file (media, an upload), so it counts as two of every five handles. The fifth is
        // for rejected connections, of which there are at most half as many.
        Served = (int)Math.Clamp(Math.Min((files - OwnFiles) / 5 * 2, memory / 2 / BytesEach), Fewest, Most);
        Accepted = Served + Math.Min(Served / 2, 1024);
        _free = new SemaphoreSlim(Accepted);
    }

    public int Served { get; }

    public int Accepted { get; }

    /// <summary>Waits for a free slot. Leaving the returned place frees it.</summary>
    public async ValueTask<Place> EnterAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new Place(this, isServed: Interlocked.Increment(ref _open) <= Served);
    }

    public void Dispose() => _free.Dispose();

    /// <summary>The slot of one open connection.</summary>
    internal sealed class Place(ConnectionPlaces places, bool isServed)
    {
        private int _left;

        /// <summary>Whether requests on this connection are served.</summary>
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
